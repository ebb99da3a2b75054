/** First names that many people have in several countries, in lower case and without accents: enough to tell a list of people. */
const COMMON = `
aaron abdul abdullah abigail adam adrian agnes ahmed aisha alan albert alejandro alex alexander alexandra alfred ali alice alicia alina alison
allison amanda amber amelia amir amy ana anastasia andrea andreas andrei andrew angela anil anita anja ann anna anne annie anthony antonio
anton ariana arjun arthur ashley astrid audrey austin ava ayesha barbara beatrice ben benjamin bernard bernd bert betty beverly bianca bill
birgit bob bogdan boris bradley brandon brenda brian bridget bruce bryan camila camille carl carla carlos carmen carol caroline carolyn
catherine cathy cecilia chad charles charlotte chen cheryl chiara chloe chris christian christina christine christopher cindy claire clara
claude claudia colin connor craig cristina crystal cynthia dan daniel daniela danielle david deborah debra deepak denise dennis derek diana
diane diego dieter dimitri dirk dmitri dmitry dominic donald donna doris dorothy douglas dylan eddie edgar edith eduardo edward elaine elena
elias elif elijah elizabeth ella ellen elsa emil emilia emily emma eric erica erik erika ernest ethan eugene eva evelyn farid fatima felix
fernando florian frances francesca francesco francis francisco frank franz fred frederick friedrich gabriel gary george gerald gerard gerhard
giovanni gisela giulia gloria gordon grace graham greg gregory guillaume gustav hannah hans harold harry hassan heather heinrich helen helena
helga henri henry hiroshi holly howard hugo ian ibrahim igor ines ingrid irene iris irina isaac isabel isabella isla ivan jack jacob jacqueline
jacques jakob james jamie jan jana jane janet janice jason javier jean jeff jeffrey jennifer jens jeremy jerry jesse jessica jesus jill jim
joan joanna joe joel johan johann johanna john johnny jonas jonathan jordan jorge jose joseph joshua juan judith judy julia julian julie jurgen
justin kaito karen karin karl karolina katarina kate katherine kathleen kathryn kathy katja keith kelly ken kenji kenneth kevin khalid kim
kimberly klaus kristen kristin kumar kurt kyle larry lars laura lauren lawrence lea leah lee lena leo leon leonardo leonie leslie li liam lily
linda lisa liu lorenzo louis louise luca lucas lucia lucy ludwig luis lukas luke lydia madison magdalena manuel marc marco marcus margaret
maria mariam marian marie marilyn mario mark marko markus martha martin martina mary maryam mateo matteo matthew matthias maurice max maya
megan mehmet mei melanie melissa mia michael michelle miguel mike mila milan mohamed mohammad mohammed monica monika muhammad murat mustafa
nadia nancy naomi natalia natalie natasha nathan neil nicholas nicola nicolas nicole nikolai nina noah noel nora norma oleg oliver olivia olga
omar oscar otto pablo pamela paola patricia patrick paul paula pauline pavel pedro peter petra philip philipp phillip pierre piotr priya rachel
rafael rahul raj ralph randy raymond rebecca renate ricardo richard rita robert roberto roger roland roman ron ronald rosa rose ruben rudolf
ruth ryan sabine sakura sally salma sam samantha samuel sandra sanjay sara sarah sascha scott sean sebastian sergei sergio sharon sheila shirley
silvia simon simone sofia sonia sophia sophie stefan stefanie stella stephanie stephen steve steven stuart sunita susan susanne suzanne svetlana
sven sylvia tamara tanja tanya tatiana teresa terry thea theo theodore theresa thomas tiffany tim timothy tina tobias todd tom tomas tony tracy
travis tyler ulrich ursula uwe valentina valerie vanessa vera veronica victor victoria vijay vincent virginia vladimir walter wang wei wendy
werner wilhelm william wolfgang xavier yan yasmin yosef yuki yuri yusuf yvonne zachary zainab zhang zoe`;

const known = new Set(COMMON.trim().split(/\s+/));

/** Whether a word of a text is a common first name. */
export function hasFirstName(text: string): boolean {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}]+/u).some((word) => known.has(word));
}
