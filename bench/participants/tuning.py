"""The fastest of several settings, one option at a time."""

from time import perf_counter

TRIAL_SECONDS = 0.5


def fastest(make, options):
    """
    Begins with the first value of every option and keeps another value where it is faster.

    make(**settings) returns a function that runs one iteration. Returns the settings and that function, made anew: a setting such as the
    number of threads may be the whole process's.
    """
    best = {name: values[0] for name, values in options.items()}
    least = trial(make(**best))
    for name, values in options.items():
        for value in values[1:]:
            settings = best | {name: value}
            seconds = trial(make(**settings))
            if seconds < least:
                best, least = settings, seconds
    return best, make(**best)


def trial(iterate):
    """The least time of an iteration, after a first one."""
    iterate()
    times = []
    while sum(times) < TRIAL_SECONDS:
        started = perf_counter()
        iterate()
        times.append(perf_counter() - started)
    return min(times)


def described(settings):
    return ", ".join(f"{name} {value}" for name, value in settings.items())
