/** The lessons. `$...$` is TeX, `*...*` a term that is named for the first time. */
export const lessons = {
  start: "Lessons",
  back: "Back",
  next: "Next",
  leave: "Leave the lessons",
  finish: "Finish",
  progress: (lesson: number, count: number) => `Lesson ${lesson} of ${count}`,
  /** Over the question, what the reader does then, and what that came to. */
  predict: "Predict",
  act: "Try it",
  outcome: "Result",
  preparing: "Setting the stage …",
  again: "Start this lesson again",
  spoiled:
    "No verdict: the runs are no longer as this lesson set them up. A setting was changed, they were begun anew, or the generators moved where they were to stand still.",
  true: "Your prediction came true.",
  untrue: (answer: string) => `Your prediction did not come true. The result: “${answer}”.`,
  none: "None of the answers came true.",
  notPrepared: (reason: string) => `The prepared state could not be fetched, and the runs begin anew: ${reason}.`,
  /** Where the figures are not as the lecture has it. */
  lecture: (answer: string) =>
    `The lecture's answer is “${answer}”. The figures of this run do not show that: a lesson is one run, and one run is no proof.`,
  acts: {
    train: (iterations: string) => `Train ${iterations} iterations`,
    opponents: (steps: string) => `${steps} steps of the opponents alone`,
    apart: (distance: string) => `Move them ${distance} apart`,
  },
  /** Of both sides, while they train. */
  figures: {
    caption: "Last measured",
    bce: "BCE",
    value: "Value of the game",
    modes: "Modes captured",
    good: "Good fakes, of 2,500",
    distance: "Debiased distance",
    estimate: "Critic's estimate",
    settled: "Settled estimate",
    floor: "Floor",
    starved: "Fakes without feedback",
  },
  ways: {
    title: "Compare",
    act: "Now go through the ways to hold the left critic. Each begins anew, with the same 100 steps.",
    caption: "The left critic after 100 steps alone",
    way: "held by",
    slope: "slope",
    estimate: "estimate",
    distance: "debiased distance",
  },
  /** Over formulas that stand in one lesson. */
  captions: {
    bceLong: "Long form, for one sample",
    bceParts: "What is left of it",
    bce: "Reduced form, over both batches; its sign turned",
    game: "BCE",
    wGame: "W-loss",
    saturation: "What comes back through the sigmoid",
    distance: "Earth mover's distance",
    sigmoid: "Last layer of the discriminator",
    linear: "Last layer of the critic",
    dual: "The same distance, as a critic's game",
    penalty: "Gradient penalty",
    estimate: "What the critic says as it trains",
    settled: "What a settled copy of it says",
  },
  course: {
    bce: {
      title: "Binary cross-entropy",
      text: [
        "A *generative adversarial network* is two networks. The *generator* $G$ turns noise $z$ into fakes $G(z)$; its opponent sees reals $x$ and fakes, and learns to tell them apart. On the left the opponent is a *discriminator*: its answer $h$ is the probability that a sample is real.",
        "*Binary cross-entropy* (BCE) says what an answer costs. $y$ is 1 for a real sample and 0 for a fake, so that one of the two terms is always gone. Over a batch of reals and one of fakes this is the reduced form, with $d$ for the discriminator.",
      ],
      question:
        "The generator stands still, and the discriminator takes 100 steps alone. What becomes of its BCE, summed over both terms?",
      answers: {
        falls: "It falls towards 0",
        guesses: "It falls no further than 1.386, which is what guessing costs",
        stays: "It stays as it is",
        rises: "It rises",
      },
      act: "The shading of the left picture is $h$: watch it turn towards the reals.",
      measured: (before: string, after: string) =>
        `In 100 steps the discriminator's BCE on the left went from ${before} to ${after}. One that can only guess, h = ½ everywhere, has 2 log 2 ≈ 1.386; one that is right and sure has 0. Below half of what guessing costs counts as falling towards 0.`,
      why: [
        "$-\\log h$ is 0 where a real sample gets $h = 1$ and grows without end towards $h = 0$; a fake costs $-\\log(1 - h)$ likewise. To be sure and wrong is what BCE punishes.",
      ],
    },
    minimax: {
      title: "The minimax game",
      text: [
        "Both players pull at one value: the reduced BCE with its sign turned. The discriminator pulls it up, at most to 0: every answer right, and sure. The generator pulls it down, and can do so through the second term alone: by moving its fakes to where $d$ is higher. That is the *minimax game*.",
        "Where the discriminator can only guess, the value is $-\\log 4 \\approx -1.386$. That is the generator's goal.",
      ],
      question: "Now both move, the discriminator five times for each step of the generator. Where does the value go?",
      answers: {
        generator: "Down to about −1.386: the generator wins",
        discriminator: "Up towards 0: the discriminator wins",
        between: "It stays in between",
      },
      act: "The arrows say which way each fake is told to go, and how strongly. See where they disappear.",
      measured: (before: string, after: string) =>
        `In 200 iterations the value on the left went from ${before} to ${after}.`,
      why: [
        "To tell two sets of points apart is easier than to make one of them. So the discriminator is soon ahead, and what it then tells the generator is the subject of the next lesson.",
      ],
    },
    saturation: {
      title: "Saturation and the vanishing gradient",
      text: [
        "Two bells on a line, reals and fakes, so far apart that they do not overlap. A discriminator and a critic are trained on them all the while. The discriminator is a step: 1 over the reals, 0 over the fakes.",
        "With $\\ell$ for what goes into the sigmoid, the formula says what comes back through $\\log(1 - d)$. Below the picture stands how strongly the fakes are told where to go.",
      ],
      question:
        "You move the fakes twice as far away: they are more wrong than before. What does the discriminator tell them?",
      answers: {
        grows: "More than before",
        stays: "About as much",
        vanishes: "Next to nothing: less than a tenth",
      },
      act: "Use the slider for the distance, drag the bells, or press the button.",
      measured: (
        near: string,
        far: string,
        discriminatorNear: string,
        discriminatorFar: string,
        criticNear: string,
        criticFar: string,
      ) =>
        `From ${near} apart to ${far}, once both networks had trained there for 100 updates, the discriminator's feedback went from ${discriminatorNear} to ${discriminatorFar}, the critic's from ${criticNear} to ${criticFar}.`,
      why: [
        "Where the discriminator is sure of a fake, $d \\approx 0$, it sends back $-d$: nothing. It is *saturated*, and the generator has a *vanishing gradient*. The better the discriminator is, the less the generator learns from it.",
        "The critic is a line. Its slope is the same however far the fakes are.",
      ],
    },
    collapse: {
      title: "Mode collapse",
      text: [
        "Both sides were trained before, for 1,200 iterations, and go on from there. The data are eight heaps, or *modes*. Nothing in the BCE game asks for all of them: fakes that pass on one mode are rewarded as well as fakes on all.",
        "A fake is good when it lies within three standard deviations of the middle of a mode. A mode counts as captured when at least one of 2,500 fakes is good there. This seed shows it most clearly of the 45 that were tried; most others held five to eight modes.",
      ],
      question: "Both sides train on, 200 iterations. Does the left generator find the modes that it misses?",
      answers: {
        finds: "It finds them, all but one at most",
        stays: "It stays with the few it has",
        loses: "It loses those as well",
      },
      act: "Watch the fakes between the modes: is there anything that draws them to the empty ones?",
      measured: {
        /** Of each side, the modes captured and the share of good fakes. */
        begins: (iteration: string, total: string, left: readonly [string, string], right: readonly [string, string]) =>
          `Measured at iteration ${iteration}: on the left ${left[0]} of ${total} modes are captured and ${left[1]} of the fakes are good; on the right ${right[0]} of ${total}, and ${right[1]} are good.`,
        came: (before: string, after: string, good: string, left: string, right: string) =>
          `Modes captured on the left: ${before} before, ${after} after 200 more iterations, with ${good} of the fakes good. The debiased distance to the data is then ${left} on the left and ${right} on the right.`,
      },
      why: [
        "This is *mode collapse*: good samples, and few kinds of them. Where no fakes are, the discriminator's surface is flat, so that no fake is told of the modes beyond. The W-loss counts what is missing: reals without fakes are earth that has to be moved.",
      ],
    },
    distance: {
      title: "The Earth mover's distance",
      text: [
        "How far are the fakes from the reals? Let one be a heap of earth and the other a hole, and ask for the cheapest way to move it, as Gaspard Monge did in 1781. A *transport plan* $\\gamma$ says how much goes from where to where. The mean way under the best plan is the *Earth mover's distance*.",
        "The lines are the best plan between a batch of fakes and as many reals, computed exactly. Even two batches of real data are some distance apart; the chart shows the distance without that, *debiased*.",
      ],
      question: "The right side trains 100 iterations. When does the distance begin to fall?",
      answers: {
        atOnce: "At once, as the fakes come nearer",
        overlapping: "Only once fakes lie on the modes",
        never: "Not within 100 iterations",
      },
      act: "Watch the lines on the right, and the chart of the distance.",
      /** Lines and distance, each before and after. */
      measured: (
        lines: readonly [string, string],
        distance: readonly [string, string],
        good: string,
        fakes: string,
        modes: string,
        total: string,
      ) =>
        `In 100 iterations the debiased distance on the right went from ${distance[0]} to ${distance[1]}. The mean length of the lines, which is not debiased, went from ${lines[0]} to ${lines[1]}. After that, ${good} of ${fakes} fakes lie on a mode. One is enough for a mode to count as captured, and ${modes} of ${total} do.`,
      why: [
        "The distance says how far there is to go also where nothing overlaps. The value of the BCE game does not: it is near 0 for all fakes that can be told from reals, near or far.",
      ],
    },
    wasserstein: {
      title: "The W-loss",
      text: [
        "Compare the two games. The *W-loss* has no logarithms: the *critic* $c$ scores reals high and fakes low, and the value is the difference of the mean scores. The critic pulls it up, the generator down.",
        "The value of BCE is at most 0. That of the W-loss has no such bound of its own; what bounds it is the condition on the slope of $c$, of which lesson 8 tells.",
      ],
      question: "Both opponents take 100 steps alone, from the start. Where do the two values go?",
      answers: {
        zero: "Both towards 0",
        distance: "BCE towards 0, the W-loss to the distance",
        beyond: "BCE towards 0, the W-loss far beyond the distance",
      },
      act: "Look at both pictures: who scores what?",
      measured: (bce: string, estimate: string, distance: string) =>
        `After 100 steps the value on the left is ${bce}. On the right the critic's value is ${estimate}, and the debiased Earth mover's distance, as in the chart, ${distance}.`,
      why: [
        "As a critic gets better, its value comes near a number that means something: how far the fakes are from the reals. A discriminator's says how well they can be told apart.",
      ],
    },
    critic: {
      title: "The critic is linear at its end",
      text: [
        "Both opponents are the same network up to the last layer, whose input is $a(x)$. The discriminator puts the sum through a sigmoid, so that its answer is a probability. The critic does not: its answer is any real number. See the scales below the pictures.",
        "Both sides were trained for 100 iterations and go on from there.",
      ],
      question:
        "The generators stand still and both opponents get better, 100 steps alone. On which side does the share of fakes grow that are told next to nothing?",
      answers: {
        discriminator: "With the discriminator only",
        critic: "With the critic only",
        both: "With both",
        neither: "With neither",
      },
      act: "The arrows are what the fakes are told. Compare left and right.",
      measured: (
        leftBefore: string,
        leftAfter: string,
        rightBefore: string,
        rightAfter: string,
        left: readonly [string, string],
        right: readonly [string, string],
      ) =>
        `Fakes without feedback, before and after 100 steps: ${leftBefore} → ${leftAfter} under the discriminator, ${rightBefore} → ${rightAfter} under the critic. In the picture the discriminator answers ${left[0]} to ${left[1]}, the critic ${right[0]} to ${right[1]}.`,
      why: [
        "A sigmoid is flat at both ends, a line nowhere. So a critic can be trained as far as it goes, and the better it is, the better the generator is told.",
      ],
    },
    condition: {
      title: "The 1-Lipschitz condition",
      text: [
        "Kantorovich and Rubinstein: the highest difference of mean scores *is* the Earth mover's distance, as long as $c$ is nowhere steeper than 1. That is the *1-Lipschitz condition*.",
        "The *gradient penalty* charges the critic $\\lambda$ for slopes other than 1 at random points between reals and fakes, $\\hat x = \\epsilon x + (1 - \\epsilon) \\, G(z)$. Left and right now both have the W-loss; the left critic is not held at all, and the map shows where a slope exceeds 1.",
      ],
      question: "Both critics take 100 steps alone. What becomes of the left critic's estimate?",
      answers: {
        distance: "It settles at the distance",
        grows: "It grows far beyond it",
        zero: "It goes to 0",
      },
      act: "Watch the map on the left, and the estimates in the chart of the distance.",
      measured: (free: string, held: string, distance: string) =>
        `After 100 steps the critic without a condition says ${free}, the one with the gradient penalty ${held}. The debiased distance is ${distance}.`,
      why: [
        "Without the condition twice the scores make twice the difference, and there is no highest. Clipped weights bound the slope, by a number that nobody knows: their estimate is a multiple of the distance. Spectral normalisation and orthogonal weights keep the slope at most 1, and often below it.",
      ],
    },
    estimate: {
      title: "What the estimate is worth",
      text: [
        "If the critic's value is the distance, one could steer by it. But a critic is a network, trained for a few steps, and held by a penalty. So the page compares: with the exact distance of held-out samples, debiased, and with a copy of the critic that is trained on, the generator standing still, until it stops rising: the *settled* estimate.",
        "Two samples of real data are some distance apart as well. A difference below that floor says nothing.",
      ],
      question: "Where does the settled estimate lie, compared with the debiased distance?",
      answers: {
        equals: "At the distance, within the floor",
        above: "Above it",
        below: "Below it",
      },
      act: "The copy trains in a worker of its own, for some seconds.",
      measured: (running: string, settled: string, distance: string, floor: string) =>
        `On the right the critic says ${running}, its settled copy ${settled}, and the debiased distance is ${distance}. The floor is ${floor}: a smaller difference says nothing.`,
      why: [
        "The penalty is a price and no wall: where reals and fakes are far apart, slopes a little above 1 pay for themselves, and the estimate tends to come out high. Only where it exceeds the distance by more than the floor does that show. Read it as a number that falls as the samples get better, and measure exactly where it counts.",
        "From here: draw data of your own, drop a file on the page, hold the critic otherwise, starve it of steps. The address always holds all settings. Change one thing, and predict first.",
      ],
    },
  },
};
