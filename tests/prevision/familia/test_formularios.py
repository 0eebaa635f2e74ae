"""Steps 1 and 2: fields, order, options, messages and what is kept of them."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.template import engines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escritura.signos import limpio
from previsión.campos import Desplegable
from previsión.familia.formularios import NOMBRES, BeneficiarioForm, DatosGeneralesForm
from tests.prevision.datos import BENEFICIARIO, CONTEXTO, NOMBRE, JuramentoForm

pytestmark = pytest.mark.django_db
CRISPY = "{% load crispy_forms_tags %}{% crispy form %}"

# B2: row by row, label and control.
VEINTITRES = """
Primer apellido *|Segundo apellido|Apellido de casada
Primer nombre *|Segundo nombre|Tercer nombre
Género * ▾|Etnia ▾|Fecha de nacimiento
Depto. de nacimiento ▾|Municipio de nacimiento ▾|Nacionalidad
Ubicación geográfica ▾|Tipo de identificación ▾|Identificación
Afiliación al IGSS No.|Estado Civil ▾|Profesión u oficio
Escolaridad ▾|Comunidad lingüística ▾|Dirección de residencia
Número telefónico|Correo electrónico
"""


def pintar(formulario) -> str:
    """The step's fields as the page shows them."""
    return engines["django"].from_string(CRISPY).render({"form": formulario})


def beneficiario(**cambios: str) -> BeneficiarioForm:
    return BeneficiarioForm(BENEFICIARIO | cambios, contexto=CONTEXTO)


def errores(formulario) -> Mapping[str, list[str]]:
    return {campo: list(mensajes) for campo, mensajes in formulario.errors.items()}


def test_el_paso_1_pide_los_seis_nombres_en_orden():
    """B1 (step 1): labels, order and the group «Nombre del solicitante»."""
    formulario = DatosGeneralesForm(contexto=CONTEXTO)
    html = pintar(formulario)
    assert [str(campo.label) for campo in formulario] == [
        "Primer apellido",
        "Segundo apellido",
        "Apellido de casada",
        "Primer nombre",
        "Segundo nombre",
        "Tercer nombre",
    ]
    assert "<legend>Nombre del solicitante</legend>" in html
    assert re.findall(r'name="(\w+)"', html) == list(NOMBRES)


def test_el_paso_1_llega_lleno_con_los_nombres_de_la_cuenta():
    """B1.1, B2.2: filled in from the account, in capitals."""
    assert DatosGeneralesForm.iniciales(CONTEXTO) == {
        "primer_nombre": "ROSALINDA",
        "segundo_nombre": "",
        "primer_apellido": "TZOC",
        "segundo_apellido": "BARRERA",
    }
    html = pintar(DatosGeneralesForm(initial=DatosGeneralesForm.iniciales(CONTEXTO), contexto=CONTEXTO))
    assert 'value="ROSALINDA"' in html
    assert 'value="TZOC"' in html


@pytest.mark.parametrize("clase", [DatosGeneralesForm, BeneficiarioForm])
def test_si_el_nombre_difiere_de_la_cuenta_se_avisa(clase):
    """B1.1: a notice, never a refusal; the case of the letters does not count."""
    igual = clase(BENEFICIARIO, contexto=CONTEXTO)
    assert igual.is_valid()
    assert igual.avisos() == []
    distinto = clase(BENEFICIARIO | {"segundo_apellido": ""}, contexto=CONTEXTO)
    assert distinto.is_valid()
    assert distinto.avisos() == [
        "El nombre no es igual al de su cuenta. Revise que sea el de su DPI. ONSEC verá la diferencia."
    ]


def test_el_mismo_nombre_en_otras_casillas_no_avisa():
    """B1.1: what is compared is the full name."""
    cuenta = replace(CONTEXTO, nombres=CONTEXTO.nombres | {"primer_nombre": "Ana Lucía"})
    partido = DatosGeneralesForm(
        NOMBRE | {"primer_nombre": "Ana", "segundo_nombre": "Lucía", "tercer_nombre": ""}, contexto=cuenta
    )
    assert partido.is_valid()
    assert partido.avisos() == []


def test_los_nombres_que_la_cuenta_no_tiene_no_avisan():
    """B1.1: the account holds no married nor third name."""
    formulario = DatosGeneralesForm(
        NOMBRE | {"apellido_casada": "Sol", "tercer_nombre": "Luz"}, contexto=CONTEXTO
    )
    assert formulario.is_valid()
    assert formulario.avisos() == []


def test_solo_se_exigen_el_primer_apellido_y_el_primer_nombre():
    """B2.3: what carries an asterisk."""
    formulario = DatosGeneralesForm({}, contexto=CONTEXTO)
    assert errores(formulario) == {
        "primer_apellido": ["Escriba su primer apellido."],
        "primer_nombre": ["Escriba su primer nombre."],
    }


@pytest.mark.parametrize("campo", NOMBRES)
def test_cada_nombre_se_guarda_en_mayusculas_y_dice_que_signo_sobra(campo):
    """B2.2."""
    formulario = DatosGeneralesForm(NOMBRE | {campo: "ñuñez de león"}, contexto=CONTEXTO)
    assert formulario.is_valid()
    assert formulario.valores()[campo] == "ÑUÑEZ DE LEÓN"
    formulario = DatosGeneralesForm(NOMBRE | {campo: "a<b"}, contexto=CONTEXTO)
    rotulo = str(formulario.fields[campo].label).lower()
    assert errores(formulario) == {campo: [f"Quite el signo «<» de su {rotulo}."]}


def test_el_paso_2_tiene_los_veintitres_campos_en_orden():
    """B2: 23 fields in three columns; B2.1 nine lists; B2.3 three asterisks and no other."""
    celdas = [celda for fila in VEINTITRES.strip().splitlines() for celda in fila.split("|")]
    formulario = BeneficiarioForm(contexto=CONTEXTO)
    assert len(celdas) == 23
    assert celdas == [
        f"{campo.label}{' *' if campo.field.required else ''}"
        f"{' ▾' if isinstance(campo.field.widget, Desplegable) else ''}"
        for campo in formulario
    ]
    html = pintar(formulario)
    assert re.findall(r'<(?:input|select)[^>]* name="(\w+)"', html) == list(formulario.fields)
    assert html.count('<span aria-hidden="true"> *</span><span class="oculto"> (obligatorio)</span>') == 3
    assert html.count("*") == 3


def test_el_paso_2_se_corta_en_cuatro_tramos_con_titulo():
    """B2: four titled stretches that do not change the order."""
    html = pintar(BeneficiarioForm(contexto=CONTEXTO))
    assert re.findall("<legend>(.*?)</legend>", html) == [
        "Nombre",
        "Origen y nacimiento",
        "Identificación y trabajo",
        "Estudios, residencia y contacto",
    ]
    assert re.search(r'<div class="campo doble">\s*<label for="id_correo">', html)


def test_las_nueve_listas_empiezan_sin_elegir():
    """B2.1."""
    html = pintar(BeneficiarioForm(initial=BeneficiarioForm.iniciales(CONTEXTO), contexto=CONTEXTO))
    listas = re.findall(r"<select.*?</select>", html, re.S)
    assert len(listas) == 9
    for lista in listas:
        primera = re.search(r"<option[^>]*>(.*?)</option>", lista)
        assert primera[0] == '<option value="" selected>[Seleccione algún valor]</option>'
        assert lista.count(" selected") == 1


def test_los_340_municipios_van_agrupados_por_departamento():
    """B2.4: without a script, one list; with it, the script filters by the department's name."""
    html = pintar(BeneficiarioForm(contexto=CONTEXTO))
    lista = re.search(r'<select[^>]*name="municipio_nacimiento".*?</select>', html, re.S)[0]
    assert 'data-depende="depto_nacimiento"' in lista
    assert lista.count("<optgroup") == 22
    assert lista.count("<option") == 341
    for departamento in re.findall(r'<optgroup label="([^"]+)">', lista):
        assert f">{departamento}</option>" in html
    grupo = re.search(r'<optgroup label="El Progreso">.*?</optgroup>', lista, re.S)[0]
    assert grupo.count("<option") == 8
    assert ">Morazán<" in grupo


def test_lo_que_la_cuenta_sabe_no_se_pide_otra_vez():
    """B2.5 nationality, B2.6 e-mail; birth date and CUI, so as never to ask twice."""
    iniciales = BeneficiarioForm.iniciales(CONTEXTO)
    assert iniciales["nacionalidad"] == "GUATEMALTECA"
    assert iniciales["correo"] == CONTEXTO.correo
    html = pintar(BeneficiarioForm(initial=iniciales, contexto=CONTEXTO))
    assert 'value="14/03/1968"' in html
    assert 'value="1600 32547 0202"' in html


def test_los_datos_completos_valen():
    """B2: every field filled in."""
    formulario = beneficiario()
    assert formulario.is_valid(), formulario.errors
    assert formulario.valores() == BENEFICIARIO | {
        "primer_apellido": "TZOC",
        "segundo_apellido": "BARRERA",
        "primer_nombre": "ROSALINDA",
        "fecha_nacimiento": "1968-03-14",
        "identificacion": "1600325470202",
        "telefono": "+50255551234",
    }
    assert formulario.avisos() == []


def test_basta_lo_que_lleva_asterisco():
    """B2.3: everything else may be left blank."""
    minimo = {"primer_apellido": "Tzoc", "primer_nombre": "Rosalinda", "genero": "F"}
    formulario = BeneficiarioForm(minimo, contexto=CONTEXTO)
    assert formulario.is_valid()
    assert formulario.legibles()[3:8] == [
        ("Primer nombre", "ROSALINDA"),
        ("Segundo nombre", "No indicado"),
        ("Tercer nombre", "No indicado"),
        ("Género", "Femenino"),
        ("Etnia", "No indicado"),
    ]
    assert errores(BeneficiarioForm({}, contexto=CONTEXTO)) == {
        "primer_apellido": ["Escriba su primer apellido."],
        "primer_nombre": ["Escriba su primer nombre."],
        "genero": ["Elija su género."],
    }


@pytest.mark.parametrize(
    ("campo", "valor", "esperado"),
    [
        ("genero", "Z", "Elija una opción de la lista."),
        ("etnia", "77", "Elija una opción de la lista."),
        ("depto_nacimiento", "23", "Elija una opción de la lista."),
        ("municipio_nacimiento", "9999", "Elija una opción de la lista."),
        ("municipio_nacimiento", "0101", "Ese municipio no es del departamento elegido. Elija de nuevo."),
        ("fecha_nacimiento", "ayer", "Escriba la fecha así: 31/12/1980."),
        ("fecha_nacimiento", "30/02/1968", "Esa fecha no existe en el calendario. Revise el día y el mes."),
        ("fecha_nacimiento", "21/05/2008", "Debe tener 18 años o más para usar este portal."),
        (
            "fecha_nacimiento",
            "15/03/1968",
            "La fecha no coincide con la de su cuenta. Escriba la que aparece en su DPI.",
        ),
        ("nacionalidad", "GT2", "Quite el signo «2» de su nacionalidad."),
        ("identificacion", "1600 32547 020", "El CUI tiene 13 números y usted escribió 12. Revise su DPI."),
        (
            "identificacion",
            "2003 00040 0101",
            "Este CUI no es el de su cuenta. Escriba el suyo: 1600 32547 0202.",
        ),
        ("afiliacion_igss", "12345", "Escriba entre 6 y 13 números, o deje el campo vacío."),
        ("afiliacion_igss", "1600325460202", "Si usa su CUI como afiliación, revise los 13 números."),
        ("telefono", "123", "Escriba los 8 números de su teléfono, por ejemplo 5555-1234."),
        ("correo", "nada", "Escriba un correo como nombre@ejemplo.com."),
        ("direccion", "x" * 201, "Escriba 200 letras o menos. Ahora tiene 201."),
        ("profesion", "a\x00b", "Quite el signo «U+0000» de su profesión u oficio."),
        ("correo", "a@b.gt\r\nBcc: c@d.gt", "Quite el signo «U+000D» de su correo electrónico."),
    ],
)
def test_cada_dato_errado_tiene_su_mensaje(campo, valor, esperado):
    """B2.3, B2.4, S25; mensajes.md §2 and §3."""
    formulario = beneficiario(**{campo: valor})
    assert errores(formulario) == {campo: [esperado]}
    assert formulario.tecleado()[campo] == valor.replace("\0", "")
    assert 'aria-invalid="true"' in pintar(formulario)


@pytest.mark.parametrize("campo", [n for n in BENEFICIARIO if n not in ("genero", "municipio_nacimiento")])
def test_ningun_campo_admite_un_texto_sin_fin(campo):
    """S29: every field is capped."""
    assert campo in beneficiario(**{campo: "a" * 100_000}).errors


def test_el_municipio_solo_ya_dice_su_departamento():
    """B2.4: without a script, choosing the municipality is enough."""
    formulario = beneficiario(depto_nacimiento="")
    assert formulario.is_valid()
    assert formulario.valores()["depto_nacimiento"] == "09"


def test_un_pasaporte_no_es_un_cui():
    """B2.3."""
    formulario = beneficiario(tipo_identificacion="PAS", identificacion="ab 12345")
    assert formulario.is_valid()
    assert formulario.valores()["identificacion"] == "AB 12345"


def test_si_el_correo_difiere_se_dice_a_cual_llegan_los_avisos():
    """B2.6: notices go to the verified e-mail of the account."""
    formulario = beneficiario(correo="otra@ejemplo.gt")
    assert formulario.is_valid()
    assert formulario.avisos() == [
        "Los avisos de ONSEC llegan al correo de su cuenta, rosalinda@ejemplo.gt, y no al que escribió aquí."
    ]
    mismo = beneficiario(correo="Rosalinda@EJEMPLO.gt")
    assert mismo.is_valid()
    assert mismo.avisos() == []


def test_lo_legible_no_lleva_codigos():
    """The summary and the paper show names of options, dates and telephone as people write them."""
    formulario = beneficiario()
    assert formulario.is_valid()
    legible = dict(formulario.legibles())
    assert list(legible) == [str(campo.label) for campo in formulario]
    assert legible["Género"] == "Femenino"
    assert legible["Etnia"] == "Maya"
    assert legible["Municipio de nacimiento"] == "Almolonga"
    assert legible["Comunidad lingüística"] == "K'iche'"
    assert legible["Fecha de nacimiento"] == "14-03-1968"
    assert legible["Número telefónico"] == "5555-1234"
    assert legible["Tercer nombre"] == "No indicado"


def test_lo_escrito_se_escapa():
    """S26."""
    html = pintar(beneficiario(direccion='"><script>alert(1)</script>'))
    assert "<script>" not in html


LIBRE = st.text(max_size=40)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    nombres=st.lists(
        st.sampled_from(["", "ana", "de león", "Ch’en", "x\u0308ul", " Ñu  ñez ", "José-Luz"]),
        min_size=6,
        max_size=6,
    ),
    fecha=st.sampled_from(["", "14/03/1968", "14-3-1968", "1968-03-14"]),
    telefono=st.sampled_from(["", "+502 5555 1234", "5555-1234"]),
    igss=st.sampled_from(["", "268-014-425", "1600 32547 0202"]),
    lugar=st.sampled_from([("", ""), ("09", "0913"), ("", "0101"), ("22", "")]),
    direccion=LIBRE,
    profesion=LIBRE,
)
def test_lo_guardado_vuelve_a_valer_y_no_cambia(nombres, fecha, telefono, igss, lugar, direccion, profesion):
    """B0: what a step kept binds to itself, so that it can be resumed on any device."""
    datos = BENEFICIARIO | dict(zip(NOMBRES, nombres, strict=True))
    datos |= {
        "fecha_nacimiento": fecha,
        "telefono": telefono,
        "afiliacion_igss": igss,
        "direccion": direccion,
    }
    datos |= {"depto_nacimiento": lugar[0], "municipio_nacimiento": lugar[1], "profesion": profesion}
    formulario = BeneficiarioForm(datos, contexto=CONTEXTO)
    if not formulario.is_valid():
        return
    otra_vez = BeneficiarioForm(formulario.valores(), contexto=CONTEXTO)
    assert otra_vez.is_valid(), otra_vez.errors
    assert otra_vez.valores() == formulario.valores()
    assert otra_vez.legibles() == formulario.legibles()


def test_pintar_el_paso_no_consulta_la_base_cada_vez(django_assert_num_queries):
    """P1: the catalogues are remembered."""
    pintar(BeneficiarioForm(BENEFICIARIO, contexto=CONTEXTO))
    with django_assert_num_queries(0):
        pintar(BeneficiarioForm(BENEFICIARIO, contexto=CONTEXTO))


@pytest.mark.parametrize("clase", [DatosGeneralesForm, BeneficiarioForm, JuramentoForm])
@pytest.mark.parametrize("valor", ["", "1980-12-31", "+50255551234", "1600325470202", " <b> "])
def test_lo_que_mostraria_es_lo_que_muestra_al_abrirse_asi(clase, valor):
    """What a page may take as seen after saving is what it would show if it were opened again."""
    valores = dict.fromkeys(clase.base_fields, valor)
    abierta = clase(contexto=CONTEXTO, initial=valores)
    assert clase.mostraria(valores) == {n: limpio(str(abierta[n].value())).strip() for n in valores}
