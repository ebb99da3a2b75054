import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readCells } from "../../../src/data/sources/cells.js";
import { sheetText } from "../../../src/data/sources/xlsx.js";
import { InputError } from "../../../src/errors.js";
import { temporaryFile } from "../files.js";
import { cellRows } from "./cellRows.js";

/** A workbook of one sheet with these rows, of strings, formats and settings. */
function workbook(
  rows: string,
  { settings = "", sheets = '<sheet name="People &amp; more" sheetId="1" r:id="rId7"/>' } = {},
) {
  const formats = ["General", "yyyy-mm-dd", 'd mmm yyyy "at" h:mm', "mmm-yy", "[h]:mm", "0.00"];
  const styles = [
    `<numFmts>${formats.map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${code.replaceAll('"', "&quot;")}"/>`).join("")}</numFmts>`,
    '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>',
    `<cellXfs>${[170, 171, 172, 173, 174, 175, 14, 20, 22].map((id) => `<xf numFmtId="${id}" fontId="0"/>`).join("")}</cellXfs>`,
  ];
  return zipSync({
    "xl/workbook.xml": strToU8(`<workbook><workbookPr ${settings}/><sheets>${sheets}</sheets></workbook>`),
    "xl/_rels/workbook.xml.rels": strToU8(
      '<Relationships><Relationship Id="rId1" Target="styles.xml"/><Relationship Id="rId7" Target="worksheets/sheet3.xml"/></Relationships>',
    ),
    "xl/sharedStrings.xml": strToU8(
      '<sst><si><t>name</t></si><si><r><t xml:space="preserve">Ada </t></r><r><rPr/><t>L.</t></r><rPh sb="0"><t>no</t></rPh></si><si><t/></si></sst>',
    ),
    "xl/styles.xml": strToU8(`<styleSheet>${styles.join("")}</styleSheet>`),
    "xl/worksheets/sheet3.xml": strToU8(
      `<worksheet><cols><col min="1"/></cols><sheetData>${rows}</sheetData></worksheet>`,
    ),
  });
}

const lines = (rows: string, options?: Parameters<typeof workbook>[1]) =>
  new TextDecoder().decode(sheetText(workbook(rows, options), "t.xlsx", 1e8).text).split("\n");

describe("the first sheet of a workbook", () => {
  it("is read as a table of cells", async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>n &lt; 3</t></is></c><c r="B1" t="str"><v>sex</v></c></row>' +
      '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>0.30000000000000004</v></c></row>' +
      '<row r="4"><c r="A4" s="1"/><c r="B4" t="str"><f>A1&amp;"x"</f><v>a "b",&#10;c</v></c></row>';
    const sheets = '<sheet name="People &amp; more" r:id="rId7"/><sheet name="other" r:id="rId8"/>';
    const path = await temporaryFile("people.xlsx", workbook(rows, { sheets }));
    const table = await readCells(path);
    expect(cellRows(table)).toEqual([
      ["name", "sex", "n < 3"],
      ["Ada L.", "", "0.3"],
      ["", 'a "b",\nc', ""],
    ]);
    expect(table.warnings).toEqual([`${path} has 2 sheets, of which the first, "People & more", was read.`]);
  });

  it("has days and times in ISO 8601, by the format of their cells", () => {
    const cell = (style: number, value: number) => `<c s="${style}"><v>${value}</v></c>`;
    const row = (...cells: string[]) => `<row>${cells.join("")}</row>`;
    expect(
      lines(
        row(cell(1, 45351), cell(2, 45351.25), cell(3, 45351), cell(4, 1.5), cell(5, 2.5)) +
          row(cell(6, 1), cell(6, 59), cell(6, 61), cell(7, 0.5), cell(8, 45351 + 1 / 86400)),
      ),
    ).toEqual([
      '"2024-02-29","2024-02-29T06:00:00","2024-02-29","1.5","2.5"',
      '"1900-01-01","1900-02-28","1900-03-01","12:00:00","2024-02-29T00:00:01"',
    ]);
    expect(lines(row(cell(1, 0)), { settings: 'date1904="1"' })).toEqual(['"1904-01-01"']);
  });

  it("has yes and no, errors, and numbers as Excel shows them", () => {
    const cells = [
      '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="e"><v>#DIV/0!</v></c>',
      "<c><v>1.1000000000000001</v></c><c><v>1E-7</v></c><c><v>123456789012</v></c><c><v></v></c><c/>",
    ];
    expect(lines(`<row>${cells.join("")}</row>`)).toEqual(['"true","false","#N/A",,"1.1","1e-7","123456789012"']);
  });

  it("is refused where there is none", () => {
    const read = (bytes: Uint8Array) => () => sheetText(bytes, "t.xlsx", 1e8);
    expect(read(zipSync({ "a.txt": strToU8("x") }))).toThrow(
      /^t\.xlsx is not an Excel workbook with a sheet; save the table as CSV/,
    );
    expect(read(workbook("").subarray(0, 100))).toThrow(InputError);
    expect(read(workbook("", { sheets: '<sheet name="gone" r:id="rId9"/>' }))).toThrow(/damaged zip archive/);
    expect(() => sheetText(workbook("<row/>".repeat(1000)), "t.xlsx", 1000)).toThrow(/unpacks to more than 1000 bytes/);
  });
});
