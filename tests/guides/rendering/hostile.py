"""Texts that try to run a script, to hide, or to take minutes. Run as a program, renders them all.

`WANTED` is the code of the refusal, or empty where the text is shown as harmless text.
"""

from __future__ import annotations

import json
import time

OWN = "[@own]"


def line(text: str) -> str:
    """A body whose only paragraph carries the text, and a citation so that none is missing."""
    return f"## T {{#t}}\n\n{text}{OWN}"


def below(text: str) -> str:
    return f"## T {{#t}}\n\n{text}"


INPUTS: list[tuple[str, str, str]] = [
    # Raw HTML
    ("script", line("<script>alert(1)</script>"), "html"),
    ("script in capitals", line("<SCRIPT SRC=//x.example/x.js></SCRIPT>"), "html"),
    ("script with a slash", line("<script/x>alert(1)</script/x>"), "html"),
    ("picture with onerror", line("<img src=x onerror=alert(1)>"), "html"),
    ("picture without a space", line("<img/src=x/onerror=alert(1)>"), "html"),
    ("svg with onload", line("<svg/onload=alert(1)>"), "html"),
    ("svg with animation", line("<svg><animate onbegin=alert(1) attributeName=x>"), "html"),
    ("math with a link", line("<math href='javascript:alert(1)'>x</math>"), "html"),
    ("frame", line("<iframe src=javascript:alert(1)>"), "html"),
    ("frame with a document", line("<iframe srcdoc='&lt;script&gt;'>"), "html"),
    ("object", line("<object data='data:text/html,x'>"), "html"),
    ("embed", line("<embed src='//x.example/x.swf'>"), "html"),
    ("base", line("<base href='//x.example/'>"), "html"),
    ("meta refresh", line("<meta http-equiv=refresh content='0;url=//x.example'>"), "html"),
    ("style sheet", line("<link rel=stylesheet href='//x.example/x.css'>"), "html"),
    ("style", line("<style>*{display:none}</style>"), "html"),
    ("form", line("<form action='//x.example'><input name=password>"), "html"),
    ("button with formaction", line("<button formaction=javascript:alert(1)>x</button>"), "html"),
    ("details with ontoggle", line("<details open ontoggle=alert(1)>"), "html"),
    ("video with onerror", line("<video><source onerror=alert(1)>"), "html"),
    ("body with onload", line("<body onload=alert(1)>"), "html"),
    ("end of the text area", line("</textarea><script>alert(1)</script>"), "html"),
    ("end of a paragraph", line("</p><p onclick=alert(1)>"), "html"),
    ("noscript trick", line("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>"), "html"),
    ("template", line("<template><script>alert(1)</script></template>"), "html"),
    ("comment", line("<!-- <script>alert(1)</script> -->"), "html"),
    ("comment that ends early", line("<!--><img src=x onerror=alert(1)>-->"), "html"),
    ("processing instruction", line("<?xml-stylesheet href='javascript:alert(1)'?>"), "html"),
    ("character data", line("<![CDATA[<script>alert(1)</script>]]>"), "html"),
    ("doctype", line("<!DOCTYPE html [<!ENTITY x 'y'>]>"), "html"),
    ("unclosed tag", line("<a href='javascript:alert(1)'"), "html"),
    ("tag at the end", line("text <b"), "html"),
    ("raw HTML in a list", below(f"- <b onclick=alert(1)>x</b>{OWN}"), "html"),
    ("raw HTML in a quotation", below(f"> <b onclick=alert(1)>x</b>{OWN}"), "html"),
    ("raw HTML in a cell", below(f"| <script> | b |\n| --- | --- |\n| c | d{OWN} |"), "html"),
    ("raw HTML in a part's title", f"## <script>alert(1)</script> {{#t}}\n\nx{OWN}", "html"),
    ("raw HTML in a box's title", below(f'!!! stop "<script>alert(1)</script>"\n    x{OWN}'), "html"),
    ("raw HTML in a note's title", below(f"x[^a]{OWN}\n\n[^a]: **<script>** x{OWN}"), "html"),
    ("raw HTML in a thing to do", below("- [ ] <script>alert(1)</script> {#a}"), "html"),
    ("raw HTML in a label", line("[<img src=x onerror=alert(1)>](https://x.example/)"), "html"),
    ("raw HTML in a button", line("{<script>|<script>}"), "html"),
    ("raw HTML in bold", line("**<script>alert(1)</script>**"), "html"),
    ("escaped tag", line(r"\<script>alert(1)\</script>"), ""),
    ("escaped tag in a title", f"## \\<script>x {{#t}}\n\nx{OWN}", ""),
    ("tag in code", line("`<script>alert(1)</script>`"), ""),
    ("tag in code after an escape", line(r"\\`<script>alert(1)</script>`"), "html"),
    ("less than", line("1 < 2 and 3 > 2"), ""),
    # Entities
    ("entity of a tag", line("&lt;script&gt;alert(1)&lt;/script&gt;"), "entity"),
    ("numeric entity", line("&#60;script&#62;"), "entity"),
    ("hexadecimal entity", line("&#x3c;script&#x3e;"), "entity"),
    ("entity in code", line("`&lt;script&gt;`"), ""),
    ("entity in an address", line("[x](java&#115;cript:alert(1))"), "link"),
    ("ampersand", line("Q & A"), ""),
    # Addresses
    ("javascript", line("[x](javascript:alert(1))"), "link"),
    ("javascript in capitals", line("[x](JaVaScRiPt:alert(1))"), "link"),
    ("javascript after a space", line("[x]( javascript:alert(1))"), "link"),
    ("javascript with a tab", below(f"[x](java\tscript:alert`1`){OWN}"), "hidden-character"),
    ("javascript with slashes", line("[x](javascript://x.example/%0aalert%281%29)"), "link"),
    ("view-source", line("[x](view-source:https://x.example/)"), "link"),
    ("data", line("[x](data:text/html;base64,PHNjcmlwdD4=)"), "link"),
    ("vbscript", line("[x](vbscript:msgbox)"), "link"),
    ("file", line("[x](file:///etc/passwd)"), "link"),
    ("http", line("[x](http://x.example/)"), "link"),
    ("ftp", line("[x](ftp://x.example/)"), "link"),
    ("no scheme", line("[x](//x.example/)"), "link"),
    ("backslashes", line(r"[x](\\x.example/)"), "link"),
    ("slash and backslash", line(r"[x](/\x.example/)"), "link"),
    ("own path", line("[x](/admin/logout/)"), "link"),
    ("fragment", line("[x](#t)"), "link"),
    ("empty address", line("[x]()"), "link"),
    ("no host", line("[x](https:///path)"), "link"),
    ("someone's name before the host", line("[x](https://amazon.com@x.example/)"), "link"),
    ("look-alike host", line("[x](https://аmazon.com/)"), "link"),
    ("broken address", line("[x](https://[::1/)"), "nested"),
    ("host that is a number", line("[x](https://[x.example]/)"), "nested"),
    ("quote in an address", line('[x](https://x.example/"onmouseover="alert)'), "link"),
    ("angle bracket in an address", line("[x](https://x.example/<script>)"), "link"),
    ("title after an address", line('[x](https://x.example/ "onclick=alert")'), "link"),
    ("angle brackets around an address", line("[x](<https://x.example/>)"), "link"),
    ("automatic link", line("<https://x.example/>"), "html"),
    ("automatic mail", line("<a@x.example>"), "html"),
    ("bare address", line("https://x.example/"), ""),
    ("reference link", below(f"[x][y]{OWN}\n\n[y]: javascript:alert(1)"), "unknown-line"),
    ("picture", line("![x](javascript:alert(1))"), "unknown-line"),
    ("picture of another host", line("text ![x](https://x.example/x.png)"), "picture"),
    ("picture whose words are marked", below("![[menu|<b onclick=x>]]"), "html"),
    ("picture whose words break out", below('![[menu|" onerror="alert(1)]]'), ""),
    ("picture that is an address", below("![[//x.example/x.png|x]]"), "picture"),
    ("picture that is a script", below("![[javascript:alert(1)|x]]"), "picture"),
    ("picture within a line", line("x ![[menu|x]]"), "picture"),
    ("guide that is an address", line("[[//x.example|x]]"), "link"),
    ("guide that is a script", line("[[javascript:alert(1)|x]]"), "link"),
    ("guide outside the site", line("[[../../admin|x]]"), "link"),
    ("anchor that breaks out", line('[[exposed#"onclick="alert|x]]'), "link"),
    ("page that is a script", line("[[@javascript:alert(1)|x]]"), "link"),
    ("source that breaks out", line('x[@s31"onclick="alert(1)]'), "citation"),
    # Attributes and ids
    ("attribute list", line("x{: onclick=alert(1)}"), "attribute"),
    ("attribute list on a part", f"## T {{#t onclick=alert(1)}}\n\nx{OWN}", "id"),
    ("id that breaks out", f'## T {{#t"onclick="alert(1)}}\n\nx{OWN}', "id"),
    ("id of the address bar", f"## T {{#location}}\n\nx{OWN}", "id"),
    ("id of the document", f"## T {{#document}}\n\nx{OWN}", "id"),
    ("id of the ticks", below("- [ ] x {#ticks}"), "id"),
    ("id of a note", f"## T {{#note-a}}\n\nx{OWN}", "id"),
    ("id of a thing to do", below("- [ ] x {#do-it}"), "id"),
    ("id of a source", f"## T {{#source-s31}}\n\nx{OWN}", "id"),
    ("id of the page", f"## T {{#page-title}}\n\nx{OWN}", "id"),
    ("id twice", f"## T {{#t}}\n\nx{OWN}\n\n## U {{#t}}\n\nx{OWN}", "id"),
    ("note key that breaks out", below(f'x[^a"b]{OWN}\n\n[^a"b]: **T** x{OWN}'), "id"),
    # Marks within marks, and marks left open
    ("bold in a link", line("[**x**](https://x.example/)"), "nested"),
    ("link in bold", line("**[x](https://x.example/)**"), "nested"),
    ("link in a link", line("[[x](https://x.example/)](https://y.example/)"), "mark"),
    ("code in a guide's name", line("[[exposed|`x`]]"), "nested"),
    ("citation in a button", line("{x[@s31]|y}"), "nested"),
    ("bold in bold", line("**a **b** c**"), "bold"),
    ("italic", line("*x*"), "unknown-line"),
    ("italic in a line", line("a *x* b"), "mark"),
    ("three stars", line("***x***"), "unknown-line"),
    ("code left open", line("a `x"), "mark"),
    ("fence", below("```\n<script>alert(1)</script>\n```"), "unknown-line"),
    ("a placeholder of the Markdown package", line("\x02klzzwxh:0000\x03"), "hidden-character"),
    ("an escaped letter of the Markdown package", line("\x0260\x03script>"), "hidden-character"),
    # Characters that hide
    ("NUL", line("a\x00b"), "hidden-character"),
    ("escape character", line("a\x1b[31mb"), "hidden-character"),
    ("half of a surrogate pair", line("a\ud800b"), "hidden-character"),
    ("the other half", line("a\udfffb"), "hidden-character"),
    ("zero-width space", line("a\u200bb"), "hidden-character"),
    ("word joiner", line("a\u2060b"), "hidden-character"),
    ("byte order mark", line("a\ufeffb"), "hidden-character"),
    ("soft hyphen", line("a\u00adb"), "hidden-character"),
    ("right to left override", line("a\u202etxt.exe"), "hidden-character"),
    ("isolate", line("a\u2066b\u2069"), "hidden-character"),
    ("language tag characters", line("a\U000e0041b"), "hidden-character"),
    ("private use", line("a\ue03cscript\ue03eb"), "hidden-character"),
    ("line separator", line("a\u2028b"), "hidden-character"),
    ("next line", line("a\u0085b"), "hidden-character"),
    ("lone carriage return", line("a\rb"), "hidden-character"),
    ("vertical tab", line("a\x0bb"), "hidden-character"),
    ("noncharacter", line("a\uffffb"), "hidden-character"),
    # Structure
    ("heading of another level", below("### x {#a}"), "unknown-line"),
    ("heading without an id", "## x", "unknown-line"),
    ("setext heading", below(f"x{OWN}\n==="), "unknown-line"),
    ("rule", below("---"), "unknown-line"),
    ("rule of stars", below("* * *"), "unknown-line"),
    ("quotation in a list", below(f"- > x{OWN}"), "two-marks"),
    ("list in a list in a list", below(f"- - - x{OWN}"), "two-marks"),
    ("heading in a quotation", below(f"> ## x{OWN}"), "two-marks"),
    ("indented code", below("    <script>alert(1)</script>"), "indent"),
    ("box in a box", below(f'!!! stop "a"\n    !!! stop "b"\n        x{OWN}'), "in-a-box"),
    ("table with alignment", below(f"| a |\n| :-: |\n| b{OWN} |"), "table"),
    ("table of seven columns", below(f"{'| a ' * 7}|\n{'| --- ' * 7}|\n{'| b' + OWN + ' ' }{'| b ' * 6}|"), "table"),
    ("twelve deep", below(" " * 12 + f"- x{OWN}"), "indent"),
    # What takes minutes elsewhere
    ("one bracket a time", line("[" * 1900), "many-marks"),
    ("brackets within the bound", line("[" * 480 + "x" * 500), "mark"),
    ("brackets in every line", below("\n\n".join(["[" * 80 + OWN] * 70)), "mark"),
    ("stars", line("*" * 480 + "x"), "unknown-line"),
    ("stars in a line", line("a" + "*a" * 480), "mark"),
    ("pairs of stars", line("a" + "**a" * 240), ""),
    ("backticks", line("`" * 480), "unknown-line"),
    ("backticks of growing length", line("a" + " ".join("`" * n for n in range(1, 30))), "mark"),
    ("braces", line("{" * 480), "mark"),
    ("braces with bars", line("{a|" * 300), "mark"),
    ("double brackets", line("[[a|" * 240), "mark"),
    ("open citations", line("[@" * 480), "mark"),
    ("open notes", line("a[^" * 380), "mark"),
    ("open links", line("[a](" * 340), "nested"),
    ("open links to nowhere", line("[a](b " * 260), "nested"),
    ("backslashes in a row", line("\\" * 1900), ""),
    ("exclamation marks", line("a" + "!" * 1900), ""),
    ("exclamation marks and notes", below(
        "\n\n".join("!'" * 800 + "".join(f"[^n{n}-{m}]" for m in range(20)) + OWN for n in range(9))
        + "".join(f"\n\n[^n{n}-{m}]: **T** x{OWN}" for n in range(9) for m in range(20))
    ), ""),
    ("one long word", line("a" * 1900), ""),
    ("thirty long words", below("\n\n".join(["a" * 1900 + OWN] * 30)), ""),
    ("long words and spaces", below("\n\n".join(["a " * 900 + "a" + OWN] * 30)), ""),
    ("Chinese and Latin in turn", below("\n\n".join(["中a" * 950 + OWN] * 30)), ""),
    ("Chinese marks", below("\n\n".join(["中，" * 950 + OWN] * 30)), ""),
    ("full stops and quotes", below("\n\n".join([".'" * 950 + OWN] * 30)), ""),
    ("spaces after a part's mark", "##" + " " * 1900 + "x", "unknown-line"),
    ("spaces in a thing to do", below("- [ ] x" + " " * 1900 + "{#a"), "unknown-line"),
    ("spaces in a box's title", below("!!! stop" + " " * 1900 + '"x'), "unknown-line"),
    ("ids left open", "## " + "{#" * 240, "unknown-line"),
    ("arrows", below("- [ ] x" + " ->" * 600 + " {#a}"), "task"),
    ("bars", below("|" * 1900), "table"),
    ("cells", below("| a " * 450 + f"|\n{'| --- ' * 300}|\n" + "| a " * 450 + f"{OWN}|"), "table"),
    ("a huge table", below("| a | b |\n| --- | --- |\n" + f"| c{OWN} | d |\n" * 1400), ""),
    ("a huge list", below(f"- x{OWN}\n" * 1400), ""),
    ("a list full of citations", below(("- x" + "[@s31]" * 6 + "\n") * 1400), ""),
    ("a list full of buttons", below(("- " + "{a|b}" * 7 + OWN + "\n") * 1200), ""),
    ("a list full of links", below(("- " + "[[exposed]]" * 3 + OWN + "\n") * 1300), ""),
    ("a list full of bold", below(("- " + "**a** " * 2 + "a" + OWN + "\n") * 1400), ""),
    ("a list full of code", below(("- " + "`a` " * 4 + "a" + OWN + "\n") * 1400), ""),
    ("a list full of escapes", below(("- " + "\\*" * 8 + OWN + "\n") * 1400), ""),
    ("a huge box", below('!!! stuck "x"\n' + f"    - x{OWN}\n" * 1400), ""),
    ("many things to do", below("".join(f"- [ ] x {{#a{n}}}\n" for n in range(1400))), ""),
    ("many notes", below(
        "".join(f"- x[^n{n}]{OWN}\n" for n in range(700))
        + "".join(f"[^n{n}]: **T** x{OWN}\n" for n in range(700))
    ), ""),
    ("many notes in one line", below(
        "x" + "".join(f"[^n{n}]" for n in range(80)) + OWN
        + "".join(f"\n\n[^n{n}]: **T** x{OWN}" for n in range(80))
    ), ""),
    ("many pictures", below("![[menu|x]]\n" * 1_400), ""),
    ("many pictures nobody knows", below("![[menus|x]]\n" * 1_400), "picture"),
    ("a picture with spaces", below("![[" + " ".join(["menu"] * 300) + "|x]]"), "unknown-line"),
    ("many parts", "".join(f"## T {{#t{n}}}\nx{OWN}\n" for n in range(700)), ""),
    ("many citations in one line", line("x" + "[@s31]" * 70), ""),
    ("many buttons in one line", line("{a|b}" * 140), ""),
    ("a long quotation", below("> " + "word " * 26 + OWN), "long-quotation"),
    ("too many characters", "x" * 60_001, "too-long"),
    ("too many lines", "\n" * 1_500, "too-many-lines"),
    ("a line too long", line("x" * 2_001), "long-line"),
]  # fmt: skip


def main() -> None:
    """Print name, seconds, refusals and HTML of each input as a line of JSON."""
    import django

    django.setup()
    from guides.rendering import Refused
    from tests.guides.rendering.samples import rendered

    for name, body, _wanted in INPUTS:
        started = time.perf_counter()
        codes, html = [], ""
        try:
            html = "".join(part.html for part in rendered(body).parts)
        except Refused as refused:
            codes = [problem.code for problem in refused.problems]
        seconds = time.perf_counter() - started
        print(json.dumps([name, seconds, codes, html]), flush=True)


if __name__ == "__main__":
    main()
