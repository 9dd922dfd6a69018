"""Writes the PDF and DOCX files of the exercise scenario from the texts below: same text in, same bytes out.

Usage: python examples/make_binaries.py [FOLDER]   (default: the folder of this file)

Needs the development environment (WeasyPrint, python-docx). Run it after changing a text and commit what it writes.
"""

from __future__ import annotations

import html
import io
import os
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

MARK = "EXERCISE EXERCISE EXERCISE"
KEYWORDS = "exercise"
ZIP_TIME = (2026, 3, 1, 0, 0, 0)
"""The date of every member of a DOCX (zip stores one; the clock must not enter)."""

STYLE = """
@page { size: A4; margin: 22mm 24mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
body { font: 10.5pt/1.45 serif; color: #111 }
.mark { font-size: 8pt; letter-spacing: .12em; margin: 0 0 6mm }
h1 { font-size: 19pt; line-height: 1.2; margin: 7mm 0 2mm }
.by { color: #444; font-size: 9pt; margin-bottom: 6mm }
p { margin: 0 0 3mm }
.source { border-top: .5pt solid #999; color: #444; font-size: 8.5pt; margin-top: 8mm; padding-top: 2mm }
"""


@dataclass(frozen=True)
class Article:
    """One document of the scenario.

    ``path`` is below the folder of the scenario; ``published`` is aware, ISO 8601; paragraphs of ``text`` are parted by blank lines.
    """

    path: str
    outlet: str
    host: str
    author: str
    published: str
    title: str
    text: str

    @property
    def time(self) -> datetime:
        return datetime.fromisoformat(self.published)

    @property
    def lines(self) -> tuple[str, str]:
        """Byline and date as a reader sees them: "By J. Doe", "Published 1 March 2026, 19:40 +01:00"."""
        return f"By {self.author}", f"Published {self.time.day} {self.time:%B %Y, %H:%M} {self.published[-6:]}"

    @property
    def paragraphs(self) -> list[str]:
        return [paragraph.strip() for paragraph in self.text.strip().split("\n\n")]


ARTICLES = (
    Article(
        path="2026-03-02/continental-post-sanctions.pdf",
        outlet="Continental Post",
        host="continental-post.example",
        author="Mireille Hautecoeur",
        published="2026-03-01T19:40:00+01:00",
        title="EU puts 11 people and four companies on sanctions list over drone engines",
        text="""
BRUSSELS — The European Union has imposed sanctions on 11 people and four companies that it accuses of supplying drone
engines to armed groups in the Sahel, the European Commission said on Sunday.

The list names Tramontane Shipping, Belvar Components and two trading houses. Their assets in the bloc, worth about
€27 million, are frozen, and the individuals may not enter any of the member states.

"These engines were sold as parts for lawn mowers and ended up over markets and schools," said Hélène Duvivier-Maas, a
spokeswoman for the Commission. She said that at least 600 of them had been shipped through two ports last year.

Investigators traced the deliveries after a drone that had failed to explode was recovered in a village in Niger in
October. The serial number led to a warehouse in Constanta, according to the decision, and from there to invoices made
out to a company that exists only on paper.

Tramontane Shipping denied any wrongdoing and announced that it would ask for the removal of its name. Belvar
Components could not be reached on Sunday. The companies have 30 days to reply.

Experts doubt that the measure will stop the trade. "For each firm on the list there are three that nobody has heard
of," said Ottoline Brackwater, who studies arms flows at an institute in The Hague. She expects prices to rise by 10
to 15 per cent and the dealers to move to other ports. Drones of this type cost less than $2,000 to build, she said,
and the groups may own several hundred of them.

Diplomats said that a second package could follow before the summer.
""",
    ),
    Article(
        path="2026-03-02/continental-post-riga-hospitals.docx",
        outlet="Continental Post",
        host="continental-post.example",
        author="Joris Vanhalle",
        published="2026-03-01T22:50:00+01:00",
        title="Hackers steal 310,000 patient records from Riga hospitals",
        text="""
RIGA — Hackers have stolen the records of 310,000 patients and paralysed five hospitals in the Latvian capital, the
operator Daugava Clinics said on Sunday. The attackers demand €2.4 million.

Screens went dark shortly after midnight on Saturday. Doctors wrote by hand, and 260 operations that were planned for
the next days have been cancelled. Ambulances are being sent to Jelgava and Ogre.

"The safety of our patients is not at risk, but their patience is," said Ilze Kronberga, a spokeswoman for the
clinics. She said that the emergency rooms stayed open and that systems in the maternity wards would probably run
again on Monday.

A gang that calls itself Glasswing claimed the attack and set a deadline of Thursday. It threatened to publish the
records if it was not paid. The group is thought to have about 20 members. It has attacked at least a dozen clinics in
Europe since last summer, according to the national cyber response unit.

The head of the unit, Martins Ozolnieks, advised against paying. He warned that other hospitals in the Baltic states
use the same booking software and could be next. "It is a question of days," he said.

Patients' groups criticised the clinics for having ignored an audit that found 17 gaps two years ago. The health
minister asked for a report by Friday.

The police have opened an investigation. Specialists from two neighbouring countries are on their way to Riga, and
some services may be down for up to two weeks.
""",
    ),
    Article(
        path="2026-03-03/continental-post-antwerp-charges.pdf",
        outlet="Continental Post",
        host="continental-post.example",
        author="Joris Vanhalle",
        published="2026-03-02T19:10:00+01:00",
        title="Seven charged in Belgian weapons case, two suspects released",
        text="""
BRUSSELS — A judge in Antwerp on Monday charged seven people with trafficking in weapons of war and ordered them to be
held for a month. Two other suspects who were arrested in Sunday's raids were released without charge.

The seven are accused of having sold at least 70 assault rifles since 2024, the federal prosecutor's office said.
Police have found 45 of them so far, three more than on Sunday, after divers searched a dock in the port of Antwerp.

Anneleen Verstraeten-Roy, a spokeswoman for the office, said some 25 rifles were missing. "Every one of them is a
risk, and we know the names of only four buyers," she said. Investigators fear that part of the arms has already
reached the Nordwacht Circle, an extremist group that has threatened asylum centres.

A lawyer for the two people who were freed said that they had been "dragged out of bed for a hobby". One of them, a
retired gunsmith of 58, intends to sue.

Commissioner Luc Demarteau said searches would go on in Liège and in the Dutch city of Maastricht. He denied a report
that police had been tipped off by a foreign service. Traces also lead to Austria, he said, without giving details.

The Nordwacht Circle published a statement in which it threatened "those who disarm the people". Officials take the
threat seriously. The coordination centre that assesses terrorist threats is likely to raise the level for asylum
centres on Tuesday, a person with knowledge of the matter said.

The trial may begin before the end of the year.
""",
    ),
    Article(
        path="2026-03-03/donau-rundblick-riga-suspect.docx",
        outlet="Donau-Rundblick",
        host="donau-rundblick.example",
        author="Felix Aumayr",
        published="2026-03-02T20:30:00+01:00",
        title="Latvia detains suspect in hospital hack as operator halves damage report",
        text="""
RIGA — Police in Latvia have detained a man at Riga airport in connection with the attack on five hospitals, while the
operator, Daugava Clinics, has corrected its account of the damage.

The number of patients whose records were stolen is 130,000 and not 310,000, as the company had said on Sunday. Ilze
Kronberga, its spokeswoman, said two digits had been exchanged. "It is still 130,000 too many," she added.

The man, who is 34, was about to board a flight to Larnaca when he was stopped on Monday at noon. A police spokesman
said that he is suspected of having rented servers for the gang known as Glasswing. He denies the allegation.

Glasswing insists that it will publish the data on Thursday unless it is paid €2.4 million. Kronberga repeated that
nothing would be paid. Three of the five hospitals are working normally again, and the two others may follow by the
end of next week.

Martins Ozolnieks, who leads the national cyber response unit, said that an attempt to break into a hospital in Tartu
had failed on Monday morning. He warned that further attacks were very likely as long as the booking form was in use.
About 60 clinics in the region still have it, he said.

The number of cancelled operations has risen to 340. A patients' association is preparing a joint claim for damages
and says that 900 people have signed up within a day.
""",
    ),
)


def pdf(article: Article) -> bytes:
    """The article as PDF with title, author, keywords and dates in its metadata."""
    from weasyprint import HTML

    def escape(text: str) -> str:
        return html.escape(text.replace("\n", " "))

    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    head = (
        f'<meta charset="utf-8"><title>{escape(article.title)}</title>'
        f'<meta name="author" content="{escape(article.author)}"><meta name="keywords" content="{KEYWORDS}">'
        f'<meta name="dcterms.created" content="{article.published}"><meta name="dcterms.modified" content="{article.published}">'
    )
    by = "<br>".join(map(escape, article.lines))
    front = f'<p class="mark">{MARK}</p><h1>{escape(article.title)}</h1>'
    back = f'<p class="source">Source: {escape(article.host)}</p>'
    page = f'<html lang="en"><head>{head}<style>{STYLE}</style></head><body>{front}<p class="by">{by}</p>{body}{back}</body></html>'
    return bytes(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def docx(article: Article) -> bytes:
    """The article as DOCX with fixed core properties and member dates."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.keywords = article.title, article.author, KEYWORDS
    properties.last_modified_by, properties.comments, properties.revision = article.author, MARK, 1
    properties.subject, properties.language = article.outlet, "en"
    properties.created = properties.modified = article.time.astimezone(UTC).replace(tzinfo=None)  # core properties are stored in UTC
    document.add_paragraph(MARK)
    document.add_heading(article.title, level=1)
    for line in article.lines:
        document.add_paragraph(line)
    for paragraph in article.paragraphs:
        document.add_paragraph(paragraph.replace("\n", " "))
    document.add_paragraph(f"Source: {article.host}")
    written = io.BytesIO()
    document.save(written)
    return _with_fixed_dates(written.getvalue())


def _with_fixed_dates(archive: bytes) -> bytes:
    """The same zip with every member dated ``ZIP_TIME``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, date_time=ZIP_TIME)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(info, old.read(member.filename), compresslevel=9)
    return out.getvalue()


def main(root: Path) -> None:
    for article in ARTICLES:
        path = root / article.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pdf(article) if path.suffix == ".pdf" else docx(article))
        print(path.relative_to(root))


if __name__ == "__main__":
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1772323200")  # fonts embedded in a PDF carry a date
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
