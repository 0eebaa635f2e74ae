"""Every mark that code, templates, tests and docs name is a rule of `docs/especificacion/`."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath

import pytest

from .codigo import RAIZ, rastreados

LEY = "docs/especificacion/"
SE_LEEN = {".py", ".html", ".txt", ".md", ".css", ".js", ".sql", ".toml", ".yml", ".sh"}
# Lists of packages, what is not ours, and the two files whose examples are wrong on purpose.
NO_SE_LEEN = re.compile(r"(requirements\S*|uv)\.txt$|^tests/vendor/|/test_(especificacion|documentos)\.py$")

PREFIJOS = "FB|FA|JU|VI|OR|EX|ES|RV|CT|CV|MO|CP|ED|[A-FPST]"
MARCA = re.compile(r"(?<![\w#/+.\\&}-])(?:" + PREFIJOS + r")\d{1,2}[a-z]?(?:\.\d)?(?!\w)")
ANCLA = re.compile(r'<a id="([^"]+)"></a>\**([\w.]+)')
TITULO = re.compile(r"^#+ §(\d+)\b", re.MULTILINE)
NOMBRE = re.compile(r"[\w./-]*\Z")
SECCIONES = re.compile(r"[)`]*,?\s§\d+(?:(?:,|;|-|–| and)?\s?§\d+)*")
CITA = re.compile(r'[)`]*(?:,?\s§\d+)?[,:]?\s(?:"([^"]+)"|«([^»]+)»|`([a-z_]+)`)')
DECISION = re.compile(r"\bdecisi(?:on|ón) (\d{1,4})\b", re.IGNORECASE)
SUELTA = re.compile(r"(?<!\d )§(\d+)")  # «art. 31 §2» is the law's


@cache
def escritos() -> dict[str, str]:
    """The text of every file of ours that may name a mark."""
    rutas = [r for r in rastreados() if PurePosixPath(r).suffix in SE_LEEN or r == "portal"]
    return {r: (RAIZ / r).read_text(encoding="utf-8") for r in rutas if not NO_SE_LEEN.search(r)}


def _de_corrido(texto: str) -> str:
    """One line, single-spaced, without the `#` that goes on with a comment."""
    return " ".join(re.sub(r"\n *# ", " ", texto).split())


class Ley:
    """What the documents hold, and whether what is named somewhere is among it."""

    def __init__(self, textos: Mapping[str, str]) -> None:
        documentos = {r: t for r, t in textos.items() if r.endswith(".md")}
        self.marcas = {m[1] for r, t in documentos.items() if r.startswith(LEY) for m in ANCLA.finditer(t)}
        self.secciones = {r: set(TITULO.findall(t)) for r, t in documentos.items()}
        self.corridos = {r: _de_corrido(t).casefold() for r, t in documentos.items()}
        self.decisiones = {int(m[1]) for r in documentos if (m := re.match(r"docs/decisiones/(\d+)-", r))}
        # A name alone is the law's before anybody else's.
        self.por_nombre = {
            PurePosixPath(r).name: r for r in sorted(documentos, key=lambda r: r.startswith(LEY))
        }

    def documento(self, nombre: str, *, desde: str) -> str | None:
        """The document that `nombre` means where it is written: a path, or a name alone."""
        vecino = posixpath.normpath(f"{PurePosixPath(desde).parent}/{nombre}")
        for ruta in (vecino, nombre):
            if ruta in self.secciones:
                return ruta
        return self.por_nombre.get(nombre)

    def faltas(self, textos: Mapping[str, str]) -> list[str]:
        """What those texts name and no document holds."""
        return [f"{ruta}: {falta}" for ruta, texto in textos.items() for falta in self._faltas(ruta, texto)]

    def _faltas(self, ruta: str, texto: str) -> Iterator[str]:
        for marca in sorted(set(MARCA.findall(texto)) - self.marcas):
            yield f"{marca} no está en {LEY}"
        for n in sorted({int(n) for n in DECISION.findall(texto)} - self.decisiones):
            yield f"no existe la decisión {n}"
        if ".md" in texto or "§" in texto:
            yield from self._faltas_de_documentos(ruta, _de_corrido(texto))

    def _faltas_de_documentos(self, ruta: str, corrido: str) -> Iterator[str]:
        sueltas = {m.start(): m[1] for m in SUELTA.finditer(corrido)}
        for m in re.finditer(r"\.md\b", corrido):
            nombre = NOMBRE.search(corrido[max(0, m.start() - 80) : m.start()])[0] + ".md"
            seccion = SECCIONES.match(corrido, m.end())
            citadas = {sueltas.pop(i) for i in [*sueltas] if seccion and m.end() <= i < seccion.end()}
            documento = self.documento(nombre, desde=ruta)
            if documento is None:
                yield f"no existe {nombre}"
                continue
            yield from (f"no existe {nombre} §{n}" for n in sorted(citadas - self.secciones[documento]))
            if cita := CITA.match(corrido, m.end()):
                yield from self._no_dice(documento, "".join(filter(None, cita.groups())))
        for n in {*sueltas.values()} - self.secciones.get(ruta, set()):
            yield f"«§{n}» no dice de qué documento"

    def _no_dice(self, documento: str, cita: str) -> Iterator[str]:
        for parte in cita.split("…"):
            if parte.strip().casefold() not in self.corridos[documento]:
                yield f"{documento} no dice «{parte.strip()}»"


def test_toda_marca_lleva_a_su_regla():
    """Whoever reads a mark finds its rule in this repository."""
    assert Ley(escritos()).faltas(escritos()) == []


def test_cada_regla_esta_una_vez_y_bajo_su_nombre():
    """One anchor a mark, beside the mark itself."""
    anclas = [m for r, t in escritos().items() if r.startswith(LEY) for m in ANCLA.finditer(t)]
    assert [m.group() for m in anclas if m[1] != m[2].rstrip(".")] == []
    assert sorted(m[1] for m in anclas) == sorted({m[1] for m in anclas})


DE_PRUEBA = {
    f"{LEY}matriz.md": '## §1 Claves\nse hace\n## §3 Tabla\n| <a id="T1"></a>T1 | enviar |',
    "docs/decisiones/0007-algo.md": "# Algo",
    f"{LEY}familia/comun.md": '## §2 Datos\n- <a id="FA1"></a>**FA1** como §2, y ../matriz.md §3',
}


@pytest.mark.parametrize(
    ("escrito", "falta"),
    [
        ("T1, FA1 y matriz.md §3; (matriz.md\n    # §1, §3); `comun.md` §2, art. 31 §2", ""),
        ('matriz.md §1 «se…hace» y matriz.md, "Claves"', ""),
        ("\\xE9 #A85 /A85 U+E9 B2B", ""),
        ("decision 7, decision 0007", ""),
        ("decision 8", "no existe la decisión 8"),
        ("T9", "T9 no está en docs/especificacion/"),
        ("ZZ1 no es de la gramática, MO99 sí", "MO99 no está en docs/especificacion/"),
        ("matriz.md §3 y §4", "«§4» no dice de qué documento"),
        ("matriz.md §2", "no existe matriz.md §2"),
        ("mensajes.md §1", "no existe mensajes.md"),
        ("(§5)", "«§5» no dice de qué documento"),
        ("matriz.md §3: «lo que no dice»", "docs/especificacion/matriz.md no dice «lo que no dice»"),
    ],
)
def test_la_gramatica_de_las_marcas_distingue(escrito, falta):
    """An unknown mark, an unknown section, a section of nobody and words that are not there."""
    assert "; ".join(Ley(DE_PRUEBA).faltas({"tramites/x.py": escrito})) == (
        falta and f"tramites/x.py: {falta}"
    )


def test_quitar_un_titulo_o_un_ancla_se_nota():
    """The law cannot lose a rule that somebody names."""
    sin_titulo = {r: t.replace("## §3 Tabla", "") for r, t in DE_PRUEBA.items()}
    sin_ancla = {r: t.replace('<a id="T1"></a>', "") for r, t in DE_PRUEBA.items()}
    assert Ley(sin_titulo).faltas({"a.py": "matriz.md §3"}) == ["a.py: no existe matriz.md §3"]
    assert Ley(sin_ancla).faltas({"a.py": "T1"}) == ["a.py: T1 no está en docs/especificacion/"]
