/** The guided tour. `$...$` is TeX, `*...*` a term that is named for the first time. */
export const lessons = {
  start: "Guided tour",
  back: "Back",
  next: "Next",
  leave: "Leave the tour",
  finish: "Finish",
  tryIt: "Try it",
  progress: (step: number, count: number) => `Step ${step} of ${count}`,
  steps: {
    players: {
      title: "Two networks, one game",
      text: [
        "A *generative adversarial network* learns to make samples that look like the data. The *generator* $G$ turns random noise $z$ into samples $G(z)$, the fakes. Its opponent sees reals and fakes and learns to tell them apart; the generator learns from its opponent what gave the fakes away.",
        "Here the data are points of the plane, eight small heaps on a circle. Left and right have the same data and the same networks. Only the loss differs, and this tour is about what that does.",
      ],
      tryIt: "Watch the fakes set out for the heaps. Pause whenever you like.",
      done: "What the opponent knows, the generator has to learn through it. So it matters how the opponent answers.",
    },
    minimax: {
      title: "One number, two players",
      text: [
        "On the left the opponent is a *discriminator* $d$. It ends in a sigmoid, so its answer is a probability, 0 for fake and 1 for real: the shading of the picture. *Binary cross-entropy* (BCE) makes a game of it. Both players pull at one value, the discriminator up and the generator down. $\\mathbb{E}$ is the mean over a batch.",
        "The value is at most 0: every answer right, and sure. Where the discriminator can only guess, $d = \\frac12$, it is $-\\log 4 \\approx -1.386$. That is the generator's goal.",
      ],
      tryIt:
        "The game is paused at its start. Press Opponent step a few times: only discriminator and critic learn, and the discriminator’s shading turns towards the reals. Then press Generator step: the fakes move.",
      done: "That is the whole game: one player's move, then the other's, some thousand times.",
    },
    terms: {
      title: "What the two terms do",
      text: [
        "Term 1 is about reals. $\\log d(x)$ is 0 where $d(x) = 1$ and falls without end towards $d(x) = 0$: to call a real a fake costs a lot. Term 2 says the same of fakes: it is 0 where $d(G(z)) = 0$.",
        "The discriminator pushes both up. The generator occurs in term 2 alone and pushes that down, by moving its fakes to where $d$ is higher. The arrows show which way each fake is told to go, and how strongly.",
      ],
      tryIt:
        "In slow motion, choose a fake on the left and follow its arrow. Then find fakes without one: there the shading is flat.",
      done: "A fake learns from the slope beneath it, and from nothing else.",
    },
    saturation: {
      title: "Saturation",
      text: [
        "Two heaps on a line, reals and fakes. Where they do not overlap, a good discriminator is a step: 1 over the reals, 0 over the fakes, and flat over both.",
        "With $\\ell$ for what goes into the sigmoid, the formula says what comes back through $\\log(1 - d)$: $-d$. A discriminator that is sure of a fake, $d \\approx 0$, sends back nothing. It is *saturated*, and the better it is, the less the generator learns from it.",
      ],
      tryIt:
        "Drag the two apart and watch the generator feedback below: the discriminator's goes to nothing, the critic's stays near 1.",
      done: "The generator could not be more wrong, and from the discriminator it hears nothing of it.",
    },
    collapse: {
      title: "Mode collapse",
      text: [
        "Now 25 heaps on a grid. Nothing in the BCE game asks for all of them. A heap, or *mode*, whose fakes still pass draws more fakes, until the discriminator finds out; then they leave together for the next. Heaps far from all fakes are never heard of, since the surface between is flat.",
        "A mode counts as captured once a fake lies within three standard deviations of its centre.",
      ],
      tryIt:
        "Let it run for some hundred iterations. Compare where the fakes are on the left and on the right, and how many modes each side captures.",
      done: "The generator on the left plays well, moment by moment. It only plays the wrong game.",
    },
    distance: {
      title: "The Earth mover's distance",
      text: [
        "How far are the fakes from the reals? Let one be a heap of earth and the other a hole, and ask, as Gaspard Monge did in 1781, for the cheapest way to move it. A plan $\\gamma$ says how much goes from where to where; the mean way under the best plan is the *Earth mover's distance* $W_1$.",
        "The lines are that plan, for a batch of fakes and as many reals. It is computed exactly, not estimated. Unlike the BCE game's value, the distance falls whenever the fakes come nearer, whether the two overlap or not.",
      ],
      tryIt: "Take single generator steps and watch the lines: where they shorten, the distance in the chart falls.",
      done: "A number that always says how far: the generator could follow it, if only it had a slope to follow.",
    },
    critic: {
      title: "The critic",
      text: [
        "Plans are hard to learn from. Kantorovich and Rubinstein found another way to the same number: give every place a score $c$ and compare the mean scores of reals and fakes. The highest difference is the Earth mover's distance, as long as $c$ is nowhere steeper than 1, which is what $\\| c \\|_L \\le 1$ means.",
        "The network that learns these scores is the *critic*, on the right. Its last layer is linear: no sigmoid, no logarithm, any real number. Nothing in it saturates.",
      ],
      tryIt:
        "Compare the two scales: on the left 0 to 1, on the right open to both ends. Then compare the arrows. Switch layers on and off as you like.",
    },
    condition: {
      title: "The 1-Lipschitz condition",
      text: [
        "Nowhere steeper than 1: with this condition the critic's number is a distance. Without it, twice the scores make twice the number, and there is no highest.",
        "Left and right now both have the W-loss. The left critic has no condition at all. The map shows where the slope exceeds 1.",
      ],
      tryIt:
        "Watch the left critic's slope and its estimate leave the exact distance behind. Then give it the gradient penalty, here or above its picture.",
      done: "With the condition the estimate is a distance again.",
    },
    penalty: {
      title: "The gradient penalty",
      text: [
        "How does one hold a network's slope? The *gradient penalty* charges the critic for every slope other than 1, at random points $\\hat x$ between a real and a fake. Why 1, and not less? On the way from a fake to the real that it belongs to, the best critic rises by exactly 1 per unit.",
        "$\\lambda$ is the price. The W-loss pulls against it, so with a small $\\lambda$ the slope, and with it the estimate, comes out too high while reals and fakes are far apart. On the left is the *one-sided* penalty, which charges only for slopes above 1.",
      ],
      tryIt:
        "Change λ while it runs, and watch the slopes in the map and beneath the pictures: a higher price brings them nearer to 1.",
      done: "A higher price holds the slope nearer to 1; a lower one lets the critic learn faster and exaggerate.",
    },
    together: {
      title: "Side by side",
      text: [
        "BCE on the left, the W-loss with its gradient penalty on the right; data, networks, seed and number of steps of the opponents are the same.",
        "On the right the critic's estimate is drawn over the exact Earth mover's distance of samples that training has not seen. Once the critic has caught up, the one follows the other down. The number on the left tells only how well the discriminator does, not how far the fakes have to go.",
      ],
      tryIt:
        "Let it run for a while. Which number would you rather steer by? Compare modes captured and generator feedback, too.",
      done: "A loss that means something: when the estimate falls, the samples get better.",
    },
    onward: {
      title: "Where to go from here",
      text: [
        "Draw data of your own, or drop a CSV file on the page. Give one side the non-saturating BCE, hinge or least squares, or hold the critic by clipping or spectral normalisation. Starve the critic of steps, or widen it. The address of the page always holds all settings: a link is an experiment that others can repeat.",
        "When a generator is worth keeping, download it as an ONNX file. For longer runs and your own tables and images there is the command line, `monge train`, and this page shows its runs too.",
      ],
      tryIt: "Change one thing and guess first what it will do.",
    },
  },
};
