"""The form on paper: the manual's words, the person's answers and the two places to sign."""

import hashlib
import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from papeles.generar import generar
from previsión.familia.formularios import BeneficiarioForm, DatosGeneralesForm
from previsión.pensiones.invalidez import INVALIDEZ
from tests.prevision.datos import BENEFICIARIO, CONDICIONES, CONTEXTO, JURAMENTO, NOMBRE, JuramentoForm
from tramites.definicion import Congelado
from tramites.models import VersionFormulario

pytestmark = pytest.mark.django_db
TEXTOS = Path(__file__).resolve().parent.parent.parent / "datos" / "textos"
CREADO = datetime(2026, 6, 11, 16, 14, 7, tzinfo=UTC)
# The SHA-256 (hex) of what the pages of `congelado()` draw.
DIBUJADO = "44760a468b61e885c46b6a3538e2d2f96750e4d0a72d95da8f9c763f8019fca0"
# What the blocks of textos.md say of the screen alone: buttons, placeholders and the note of the checkbox.
SOLO_PANTALLA = {
    "Continuar",
    "Guardar y Descargar",
    "[Seleccione algún valor]",
    "dd/mm/aaaa",
    "(Debe marcar LA CONFIRMACIÓN para poder CONTINUAR)",
}
DATOS = {
    "{FECHA EN LETRAS MAYÚSCULAS}": "ONCE DE JUNIO DE DOS MIL VEINTISÉIS",
    "{dd-mm-aaaa}": "11-06-2026",
    "{nombre completo}": "ROSALINDA TZOC BARRERA DE LEÓN",
    "{0000 00000 0000}": "1600 32547 0202",
}
NOMBRE_LARGO = "ÑÜW'É" * 12
SI_A_TODO = {f"pregunta_{n}": "SI" for n in range(1, 7)} | {
    f"detalle_{n}": f"{n} Dirección Departamental de Educación, ¿jubilación? " * 5 for n in range(1, 5)
}


def congelado(*, nombre=NOMBRE, beneficiario=BENEFICIARIO, juramento=JURAMENTO, meses=6) -> Congelado:
    """A version frozen as `confirmar_enterado` does it, from the real forms."""
    pasos = {
        "datos-generales": DatosGeneralesForm(nombre, contexto=CONTEXTO),
        "beneficiario": BeneficiarioForm(beneficiario | nombre, contexto=CONTEXTO),
        "juramento": JuramentoForm(juramento, contexto=CONTEXTO),
    }
    contenido = {}
    for clave, formulario in pasos.items():
        assert formulario.is_valid(), formulario.errors
        contenido[clave] = {"valores": formulario.congelables(), "legibles": formulario.legibles()}
    return _congelado(contenido, meses)


def _congelado(
    pasos: dict, meses: int = 6, nombre_completo: str = "ROSALINDA TZOC BARRERA DE LEÓN"
) -> Congelado:
    return Congelado(
        numero=81,
        version=3,
        codigo="ABCD-EFGH-IJKL-MN56",
        resumen=VersionFormulario.resumir(pasos),
        cui=CONTEXTO.cui,
        nombre_completo=nombre_completo,
        fecha_acta=date(2026, 6, 11),
        meses_archivo=meses,
        pasos=pasos,
    )


def paginas(version: Congelado) -> list[str]:
    """The text of each page, in reading order and single-spaced."""
    lector = PdfReader(BytesIO(generar(INVALIDEZ.formulario_impreso(version), creado=CREADO)))
    return [" ".join(pagina.extract_text().split()) for pagina in lector.pages]


def pegado(texto: str) -> str:
    """Without any space: a line or a page may break anywhere."""
    return "".join(texto.split())


def del_manual(*claves: str) -> list[str]:
    lineas = [linea for clave in claves for linea in (TEXTOS / f"{clave}.txt").read_text().splitlines()]
    for dato, valor in DATOS.items():
        lineas = [linea.replace(dato, valor) for linea in lineas]
    return [linea.removesuffix(" *") for linea in lineas if linea and linea not in SOLO_PANTALLA]


@pytest.mark.parametrize("juramento", [JURAMENTO, SI_A_TODO], ids=["NO a todo", "SI a todo"])
def test_el_papel_dice_los_textos_del_manual_palabra_por_palabra_y_en_orden(juramento):
    """B00, B4.1, B4.2, B5.1, B5.3: steps 1-5 in one PDF (the asterisks only say what the screen demands)."""
    papel = pegado(" ".join(paginas(congelado(juramento=juramento))))
    lugar = 0
    for linea in del_manual("paso1", "paso2", "paso3", "paso4_cierre", "paso4", "paso5"):
        hallado = papel.find(pegado(linea), lugar)
        assert hallado >= 0, linea
        lugar = hallado + 1


def test_lleva_los_23_datos_con_su_rotulo_y_lo_que_la_persona_lee():
    """B5.3: each label is followed by its value."""
    version = congelado()
    papel = pegado(paginas(version)[0])
    datos = version.pasos["beneficiario"]["legibles"]
    assert len(datos) == 23
    for rotulo, valor in datos:
        assert pegado(f"{rotulo}{valor}") in papel, rotulo


def test_las_seis_respuestas_van_marcadas_con_lo_que_se_agrego():
    """B5.3, B3.1: the box of the answer given and the detail that it asks for."""
    respuestas = {f"pregunta_{n}": "SI" if n % 2 else "NO" for n in range(1, 7)}
    detalles = {"detalle_1": "MINFIN, viudez", "detalle_3": "Ministerio de Salud"}
    papel = " ".join(paginas(congelado(juramento=respuestas | detalles)))
    assert re.findall(r"SI ([☐☒]) NO ([☐☒])", papel) == [("☒", "☐"), ("☐", "☒")] * 3
    assert "clase de pensión MINFIN, viudez 2." in papel
    assert "indicar Dependencia o Entidad. Ministerio de Salud En caso negativo" in papel


def test_la_entrega_de_cargo_se_imprime_dd_mm_aaaa():
    """B3.1, formatos.md."""
    assert "En caso negativo indicar la fecha de entrega de cargo. 28-02-2026" in paginas(congelado())[1]


def test_hay_dos_lugares_de_firma_y_la_fecha_es_la_del_acta():
    """B5.3, B4.3: at the close of the declaration and at the foot of the acta."""
    declaracion, ratificacion = paginas(congelado())[1:]
    assert "11-06-2026 FECHA Firme aquí (1 de 2) FIRMA DEL SOLICITANTE" in declaracion
    assert "(11-06-2026), YO:" in ratificacion
    assert re.search(r"Firme aquí \(2 de 2\) Firma del solicitante: _{40,} ADVERTENCIAS:", ratificacion)


def test_la_confirmacion_va_marcada_y_el_numeral_2_solo():
    """B5.1, B5.2: numeral 1 is not invented."""
    final = paginas(congelado())[-1]
    assert "QUEDO ENTERADO(A) QUE: 2. La persona que solicite" in final
    assert "☒ CONFIRMO QUE HE LEÍDO ÍNTEGRAMENTE" in final


def test_los_meses_de_archivado_son_los_de_la_gestion():
    """B4.1: not those of the settings."""
    assert "por el término de tres (3) meses." in paginas(congelado(meses=3))[-1]


def test_cada_pagina_dice_de_que_gestion_y_version_es():
    """B4.3, B5.3: number, page, code and digest, so that a loose sheet can be told apart."""
    version = congelado()
    hojas = paginas(version)
    for n, hoja in enumerate(hojas, start=1):
        assert f"Página {n} de {len(hojas)}" in hoja
        assert "Gestión No. 81 · Formulario, versión 3" in hoja
        assert "Código ABCD-EFGH-IJKL-MN56" in hoja
        assert version.resumen[:16] in pegado(hoja)
    assert version.resumen in pegado(hojas[-1])


def test_lo_usual_cabe_en_tres_hojas_carta():
    """B5.3: data, declaration and acta, each on its own sheet."""
    lector = PdfReader(BytesIO(generar(INVALIDEZ.formulario_impreso(congelado()), creado=CREADO)))
    assert [tuple(pagina.mediabox.upper_right) for pagina in lector.pages] == [(612, 792)] * 3


def test_lo_mas_largo_que_admiten_los_formularios_se_imprime_entero():
    """S29: the longest values wrap; nothing is cut and nothing falls outside the paper's columns."""
    nombre = dict.fromkeys(NOMBRE, NOMBRE_LARGO)
    largos = {"profesion": "W" * 100, "direccion": "Lote «Ñ», ‘manzana’ " * 10, "nacionalidad": NOMBRE_LARGO}
    largos["correo"] = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.gt"
    detalles = {campo: "M" * 300 for campo, (_pregunta, cuando) in CONDICIONES.items() if cuando == "SI"}
    version = congelado(nombre=nombre, beneficiario=BENEFICIARIO | largos, juramento=SI_A_TODO | detalles)
    papel = pegado(re.sub(r"Página.*?…", "", " ".join(paginas(version))))
    assert papel.count(pegado(NOMBRE_LARGO)) == 13
    for valor in [*largos.values(), *detalles.values()]:
        assert pegado(valor.strip()) in papel


def test_sin_dato_opcional_alguno_tambien_se_imprime():
    """B2.3: only three fields are compulsory."""
    vacio = dict.fromkeys(BENEFICIARIO, "") | {"genero": "F"}
    nombre = dict.fromkeys(NOMBRE, "") | {"primer_apellido": "TZOC", "primer_nombre": "ANA"}
    assert len(paginas(congelado(nombre=nombre, beneficiario=vacio))) == 3


@pytest.mark.parametrize(
    "malo", ["<img src=file:///etc/passwd>", "<link rel=attachment href=file:///etc/passwd>"]
)
def test_un_nombre_con_etiquetas_es_solo_texto(malo):
    """S26, S27: even if a rule let it through, it prints as typed and brings nothing in."""
    version = congelado()
    legibles = [[rotulo, malo] for rotulo, _valor in version.pasos["beneficiario"]["legibles"]]
    pasos = version.pasos | {"beneficiario": {"valores": {}, "legibles": legibles}}
    impreso = INVALIDEZ.formulario_impreso(_congelado(pasos, nombre_completo=malo))
    pdf = generar(impreso, creado=CREADO)
    papel = pegado(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages))
    assert papel.count(pegado(malo)) == 24
    assert b"root:" not in pdf
    with pikepdf.open(BytesIO(pdf)) as abierto:
        assert not abierto.attachments


def test_el_papel_no_cambia_una_linea():
    """B5.3: what is drawn on each page, to the byte; Gestiones that exist print what they printed."""
    lector = PdfReader(BytesIO(generar(INVALIDEZ.formulario_impreso(congelado()), creado=CREADO)))
    dibujado = b"".join(pagina.get_contents().get_data() for pagina in lector.pages)
    assert hashlib.sha256(dibujado).hexdigest() == DIBUJADO
