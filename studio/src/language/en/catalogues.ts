/** What the page says of the entries of the catalogues, by their names; one without words here shows its own title and summary. `formula` is the formula in words. */
export const catalogues = {
  losses: {
    bce: {
      what: "BCE, minimax",
      text: "Binary cross-entropy as one game: the discriminator $d$ raises this value, the generator $G$ lowers it. Where $d$ is sure of a fake, the generator gets no gradient.",
      formula:
        "Minimum over G, maximum over d, of the mean of log d of x, plus the mean of log of 1 minus d of G of z.",
    },
    "bce-ns": {
      what: "BCE, non-saturating",
      text: "The same discriminator, but the generator raises $\\log d(G(z))$ instead, whose gradient does not fade where $d$ is sure of a fake. It is what most people mean by a GAN.",
      formula: "Minimum over G of minus the mean of log d of G of z.",
    },
    hinge: {
      what: "hinge loss",
      text: "A critic that pushes reals above 1 and fakes below -1, and then is content. The generator raises the mean score of its fakes.",
      formula:
        "Minimum over c of the mean of what c of x lacks to 1, plus the mean of what c of G of z exceeds minus 1 by.",
    },
    ls: {
      what: "least squares",
      text: "A critic that aims at 1 for reals and 0 for fakes, without a sigmoid that could saturate. The generator aims at 1.",
      formula: "Minimum over c of half the mean square of c of x minus 1, plus half the mean square of c of G of z.",
    },
    rp: {
      what: "relativistic pairing",
      text: "The critic says by how much a real is more real than a fake, and the generator makes that less. Only differences of scores count.",
      formula: "The mean of log sigmoid of c of x minus c of G of z.",
    },
    wasserstein: {
      what: "W-loss",
      text: "The critic raises the difference between the mean scores of reals and fakes; the generator raises the scores of its fakes. At the best 1-Lipschitz critic the difference is the Earth mover's distance.",
      formula: "The mean of c of x minus the mean of c of G of z.",
    },
  },
  constraints: {
    none: {
      what: "no condition",
      text: "Nothing holds the slope. A discriminator needs no condition; the critic of a W-loss without one says a number that grows without end.",
    },
    clip: {
      what: "weight clipping",
      text: "After each update every weight $w$ is forced between $-k$ and $k$. Simple, but the slope it allows is mostly far from 1, and the critic becomes a crude one.",
      formula: "Each weight w is set to the nearest number between minus k and k.",
    },
    gp: {
      what: "gradient penalty",
      text: "The critic pays for every slope other than 1, at random points $\\hat x$ between a real and a fake.",
      formula:
        "Lambda times the mean of the square of the slope of c at x hat minus 1; x hat is a random point between a real x and a fake G of z.",
    },
    lp: {
      what: "one-sided penalty",
      text: "The critic pays for slopes above 1 only, since the condition asks for no more.",
      formula: "Lambda times the mean of the square of what the slope of c at x hat exceeds 1 by.",
    },
    sn: {
      what: "spectral normalisation",
      text: "Each weight matrix is divided by its largest singular value, so that no layer stretches anything. The slope is never above 1, and often far below.",
      formula: "Each weight matrix W is divided by its largest singular value, sigma of W.",
    },
    r1: {
      what: "R1 penalty",
      text: "The critic pays for every slope at reals, so that it is flat where the generator is to come to rest. It is no Lipschitz condition.",
      formula: "Half of gamma times the mean of the square of the slope of c at x.",
    },
    r1r2: {
      what: "R1 and R2 penalties",
      text: "The critic pays for every slope at reals and at fakes: what relativistic pairing needs to converge. It is no Lipschitz condition.",
      formula: "Half of gamma times the mean of the square of the slope of c at x, plus that at G of z.",
    },
    orth: {
      what: "orthogonal weights",
      text: "Each weight matrix is kept orthogonal, so that no layer stretches or flattens anything. With an activation that keeps gradients, such as MaxMin, the slope stays near 1.",
      formula: "Each weight matrix W is brought back to the nearest orthogonal one.",
    },
  },
  networks: {
    mlp: {
      what: "fully connected",
      text: "Layers in which every neuron sees all of the layer before: for points, and for small pictures.",
    },
    dcgan: {
      what: "convolutional (DCGAN)",
      text: "Layers of small filters that slide over the picture: better pictures, and many times as much work.",
    },
    resnet: {
      what: "convolutional, residual",
      text: "Each layer of filters adds to what came in, so that gradients reach every layer: the pictures are better for the same work.",
    },
    tabular: {
      what: "for tables",
      text: "Residual layers that end in a draw for each column of a table.",
    },
  },
};
