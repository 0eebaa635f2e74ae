"""B00: every line of the manual, word for word, in what the person reads.

`tests/datos/textos/<clave>.txt` holds the texts as approved: `**x**` is strong, a whole line between
single asterisks is emphasis and {braces} are data.
"""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import engines
from django.template.loader import render_to_string

from previsión.familia.acta import acta
from previsión.familia.formularios import BeneficiarioForm, DatosGeneralesForm
from previsión.models import TextoEditable
from previsión.pensiones.invalidez import INVALIDEZ
from tests.prevision.datos import CONTEXTO, JuramentoForm
from tramites.ciudadano.formularios import ConfirmacionForm
from tramites.models import Gestion

pytestmark = pytest.mark.django_db
TEXTOS = Path(__file__).resolve().parent.parent.parent / "datos" / "textos"
FECHA = CONTEXTO.hoy

# The buttons stand in the engine's pages, where the journeys press them by these very names.
BOTONES = {"Continuar", "Guardar y Descargar", "Aceptar", "Sí", "No"}
# The engine's windows carry these lines in their title.
TITULOS = {"¿Desea enviar la solicitud ahora?", "¡INFORMACIÓN IMPORTANTE!"}
DATOS = {
    "{FECHA EN LETRAS MAYÚSCULAS}": "VEINTE DE MAYO DE DOS MIL VEINTISÉIS",
    "{dd-mm-aaaa}": "20-05-2026",
    "{nombre completo}": "ROSALINDA TZOC BARRERA",
    "{0000 00000 0000}": "1600 32547 0202",
    "{numero}": "81",
}


def contexto() -> dict:
    return {
        "tramite": INVALIDEZ,
        "textos": INVALIDEZ.textos_del_dia(),
        "gestion": Gestion(numero=81, tramite="invalidez", tramite_version=1),
        "acta": acta(
            fecha=FECHA, nombre_completo="ROSALINDA TZOC BARRERA", cui=CONTEXTO.cui, meses_archivo=6
        ),
    }


def plantilla(clave: str) -> str:
    """That of a window, or of a step by its key."""
    return INVALIDEZ.textos.pasos.get(clave) or getattr(INVALIDEZ.textos, clave)


def pantalla(clave: str) -> str:
    return render_to_string(plantilla(clave), contexto())


def campos(formulario) -> str:
    return (
        engines["django"]
        .from_string("{% load crispy_forms_tags %}{{ form|crispy }}")
        .render({"form": formulario})
    )


def paso(clave: str, formulario: type) -> str:
    plantilla = engines["django"].from_string("{% load crispy_forms_tags %}{% crispy form %}")
    return pantalla(clave) + plantilla.render({"form": formulario(contexto=CONTEXTO)})


PANTALLAS = {
    "normas_alcance": lambda: pantalla("requisitos"),
    "normas_representante": lambda: pantalla("requisitos"),
    "ventana_derecho": lambda: pantalla("derecho"),
    "paso1_lista": lambda: "\n".join(p.nombre for p in INVALIDEZ.pasos),
    "paso1": lambda: paso("datos-generales", DatosGeneralesForm),
    "paso2": lambda: paso("beneficiario", BeneficiarioForm),
    "paso3": lambda: paso("juramento", JuramentoForm),
    "paso4_cierre": lambda: pantalla("acta"),
    "paso4": lambda: pantalla("acta"),
    "paso5": lambda: pantalla("enterado") + campos(ConfirmacionForm()),
    "paso6": lambda: pantalla("documentos") + pantalla("requisitos") + pantalla("documentos_pie"),
    "ventana_envio": lambda: pantalla("ventana_envio"),
    "ventana_admision": lambda: pantalla("ventana_admision"),
}


def lineas(clave: str) -> list[str]:
    return [n for n in (TEXTOS / f"{clave}.txt").read_text(encoding="utf-8").splitlines() if n.strip()]


def visible(html: str) -> str:
    """The words of a page: no tags, single-spaced."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def con_datos(linea: str) -> str:
    for dato, valor in DATOS.items():
        linea = linea.replace(dato, valor)
    return linea


def test_cada_texto_aprobado_se_compara():
    assert {archivo.stem for archivo in TEXTOS.glob("*.txt")} >= set(PANTALLAS)


@pytest.mark.parametrize("clave", PANTALLAS)
def test_los_textos_van_palabra_por_palabra(clave):
    """B00, A6, A7, B1, B2, B3, B4.1, B4.2, B5.1, B5.2, B6.2, B7.2, B7.4: nothing is shortened."""
    html = PANTALLAS[clave]().replace("\N{NO-BREAK SPACE}", " ")
    palabras = visible(html)
    for linea in lineas(clave):
        if linea in BOTONES | TITULOS:
            continue
        linea = con_datos(linea)
        cursiva = re.fullmatch(r"\*([^*].*)\*", linea)
        if cursiva:
            assert f"<em>{cursiva[1]}</em>" in html
            continue
        for fuerte in re.findall(r"\*\*(.+?)\*\*", linea):
            assert f"<strong>{fuerte}</strong>" in html
        assert linea.replace("**", "") in palabras, linea


SENCILLAS = {
    "derecho": "Puede pedir esta pensión si una incapacidad total y permanente",
    "datos-generales": "Con este formulario usted pide la pensión.",
    "beneficiario": "En este trámite la persona beneficiaria es usted.",
    "juramento": "Aquí responde seis preguntas y promete decir la verdad.",
    "acta": "Con esta acta confirma que los datos de su solicitud son ciertos",
    "enterado": "ONSEC le notificará la liquidación de su pensión.",
    "documentos_pie": "Para enviar debe cargar los documentos 1 al 6. Cargue el 7 y el 8 solo si",
    "ventana_envio": "Más adelante ONSEC necesitará una solvencia",
    "ventana_admision": "ONSEC recibió su solicitud, pero todavía no está admitida.",
    "requisitos": "Puede pedir esta pensión",
}
LEGALES = {
    "derecho": "Tienen derecho a",
    "datos-generales": "De conformidad con",
    "acta": "En la Plataforma de",
    "enterado": "2. La persona que",
    "documentos_pie": "Los documentos [1",
    "ventana_envio": "Estimado usuario",
    "ventana_admision": "DE CONFORMIDAD",
    "requisitos": "El Instructivo es",
}


@pytest.mark.parametrize("clave", SENCILLAS)
def test_las_palabras_sencillas_van_antes_del_texto_legal(clave):
    """experiencia.md: the box precedes the legal text and never replaces it."""
    html = pantalla(clave)
    caja = html.index("En palabras sencillas")
    assert SENCILLAS[clave] in visible(html)
    if clave in LEGALES:
        assert caja < html.index(SENCILLAS[clave]) < html.index(LEGALES[clave])


def test_las_advertencias_del_acta_llevan_dos_vinetas_y_un_parrafo():
    """B4.2: two bullets; the third warning is a paragraph apart, with the Gestión's own months."""
    html = pantalla("acta")
    assert html.count("<li>") == 2
    assert re.search(r"</ul>\s*<p>Se archivará el expediente .* seis \(6\) meses\.</p>", html)
    doce = acta(fecha=FECHA, nombre_completo="X", cui=CONTEXTO.cui, meses_archivo=12)
    html = render_to_string(INVALIDEZ.textos.acta, contexto() | {"acta": doce})
    assert "por el término de doce (12) meses." in html
    assert "seis" not in html.split("ADVERTENCIAS")[1]
    assert "no actúa en doce meses" in html


def test_el_acta_va_bajo_el_cierre_del_formulario():
    """B4, B4.3: FECHA and the place for the signature come first, with the acta's own date."""
    palabras = visible(pantalla("acta"))
    assert palabras.startswith("FECHA 20-05-2026 FIRMA DEL SOLICITANTE")
    assert "Firmará a mano en el documento impreso" in palabras


def test_el_nombre_del_acta_se_escapa():
    """S26."""
    mala = acta(fecha=FECHA, nombre_completo="<script>", cui=CONTEXTO.cui, meses_archivo=6)
    assert "<script>" not in render_to_string(INVALIDEZ.textos.acta, contexto() | {"acta": mala})


def test_el_numeral_1_no_se_inventa(django_capture_on_commit_callbacks):
    """B5.1: only «2.» while ONSEC writes none; theirs, escaped, when they do."""
    assert "1. " not in visible(pantalla("enterado"))
    with django_capture_on_commit_callbacks(execute=True):
        TextoEditable.objects.create(
            clave="invalidez.enterado.1",
            version=1,
            texto="Texto <b> de ONSEC.",
            vigente_desde=FECHA.replace(year=2025),
        )
    html = pantalla("enterado")
    assert "<p>1. Texto &lt;b&gt; de ONSEC.</p>" in html
    assert html.index("1. Texto") < html.index("2. La persona")


def test_lo_que_onsec_no_ha_confirmado_no_se_publica():
    """textos.md: «(ONSEC confirma)» is not published without their word."""
    todo = (
        " ".join(render_to_string(p, contexto()) for p in INVALIDEZ.textos.todos)
        + paso("beneficiario", BeneficiarioForm)
        + paso("juramento", JuramentoForm)
    )
    for inseguro in (
        "ONSEC confirma",
        "tinta azul",
        "No deje su puesto solo",
        "IVS",
        "hábiles",
        "Q30",
        "Marque Urbana",
    ):
        assert inseguro not in todo


ESTADOS = [
    ({"estado": "CREACION"}, "Todavía no la ha enviado. ONSEC no puede verla."),
    ({"estado": "RECIBIDA"}, "ONSEC la está revisando. No tiene que hacer nada por ahora."),
    ({"estado": "OBSERVADA"}, "ONSEC se la devolvió para que corrija algo. No perdió su trámite."),
    ({"estado": "ADMITIDA"}, "ONSEC comprobó que usted cumple los requisitos. Le avisará el siguiente paso."),
    (
        {"estado": "ARCHIVADA", "causa_archivo": "plazo", "estado_al_archivar": "OBSERVADA"},
        "Pasaron seis meses sin que usted actuara. Pida a ONSEC que lo reabra.",
    ),
    (
        {"estado": "ARCHIVADA", "causa_archivo": "plazo", "estado_al_archivar": "CREACION"},
        "Pasaron seis meses sin que usted actuara. Puede retomarlo con «Continuar».",
    ),
    (
        {"estado": "ARCHIVADA", "causa_archivo": "desistimiento", "estado_al_archivar": "RECIBIDA"},
        "Se archivó porque usted desistió.",
    ),
]


@pytest.mark.parametrize(("gestion", "frase"), ESTADOS)
def test_cada_estado_se_dice_con_palabras_sencillas(gestion, frase):
    """C10, textos.md §12."""
    gestion = SimpleNamespace(meses_archivo=6, **gestion)
    assert visible(render_to_string(INVALIDEZ.textos.estado, {"gestion": gestion})) == frase
