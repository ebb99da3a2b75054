import type { Question } from "../../judge/results.js";

/** What a question is for a reader who has never judged a table. */
export interface QuestionText {
  readonly title: string;
  readonly question: string;
  /** What is asked, and how it is answered. */
  readonly asks: string;
  /** What to do where the score is low. */
  readonly advice: string;
}

export const questionTexts: Readonly<Record<Question, QuestionText>> = {
  shape: {
    title: "Shape",
    question: "Does each column look right?",
    asks:
      "Each column is looked at by itself: does every value occur as often as in the real table? " +
      "The score is 1 where the two distributions are equal and 0 where they have no value in common, the mean over all columns; independent columns are right here by construction.",
    advice:
      "Look at the worst columns first. A column of the wrong type, such as a code that was read as a number, is set right in the schema; " +
      "rare values and long tails get better with longer training.",
  },
  trend: {
    title: "Trend",
    question: "Do columns go together as they should?",
    asks:
      "Two columns at a time: does income rise with age as it does in the real table, is each pair of categories as frequent? " +
      "The score is the mean over the pairs; independent columns show what a table gets that ignores all of this.",
    advice:
      "Pairs that are far off often have a rule behind them, such as an end after a start or a city in its country: state it, and every row obeys it. " +
      "Otherwise train longer, or with a wider network.",
  },
  detection: {
    title: "Detection",
    question: "Can a model tell synthetic rows from real ones?",
    asks:
      "Models are trained to tell real rows from synthetic ones, and tested on rows that they have not seen. " +
      "The score is 1 where the best of them can only guess and 0 where it is always right: this is the strictest of the questions, because one telling detail is enough.",
    advice:
      "See which columns give the rows away, and compare those columns' pictures: often it is one detail, such as decimals that no real value has or a combination that never occurs. " +
      "For dashboards and tests a low score may do; to train models on the rows it should be above the middle.",
  },
  distance: {
    title: "Distance",
    question: "How far would rows have to move?",
    asks:
      "The Earth mover's distance is the least mean distance that synthetic rows have to be moved to become real ones, computed exactly over all columns at once. " +
      "Two sets of real rows are not at distance 0 either, so that the score is 1 at their distance and 0 at that of independent columns.",
    advice:
      "A distance above its floor while shape and trend are good points to combinations of three and more columns, or to groups of rows that are missing. Train longer, and look at the rare groups.",
  },
  utility: {
    title: "Utility",
    question: "Is a model trained on it worth as much?",
    asks:
      "A model is trained on synthetic rows to predict one column, and tested on real rows; beside it stands the same model trained on real rows. " +
      "The score is 1 where both do equally well and 0 where the synthetic rows teach no more than a guess.",
    advice:
      "What predicts the target is lost or blurred: look at the trend of the pairs that contain it. If another column matters to you, judge again with that target.",
  },
  privacy: {
    title: "Privacy",
    question: "Does it keep real rows to itself?",
    asks:
      "Are there copies of real rows, do synthetic rows lie closer to the rows they were made from than to other real rows, and could an attacker tell who was among those? " +
      "The score is the worst of these measures; 1 means no more trace of the original rows than new real rows would show.",
    advice:
      "Do not share the table before you have looked at its closest pairs. Train for fewer epochs or on more rows, and drop columns that identify a person. " +
      "No score is a guarantee: it finds the usual leaks, and does not prove that there are none.",
  },
};
