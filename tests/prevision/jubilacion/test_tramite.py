"""Pensión Civil por Jubilación, as its owner and the desk see it."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cuentas.models import Usuario
from papeles.generar import generar
from previsión.models import TextoEditable
from previsión.pensiones.invalidez import INVALIDEZ
from previsión.pensiones.jubilacion import JUBILACION
from tests.fabricas import GestionFactory
from tests.prevision.datos import CONTEXTO
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import palabras
from tramites.acciones.admitir import admitir
from tramites.acciones.tomar import tomar
from tramites.models import Estado, Gestion

from .conftest import enviada, hasta_documentos

pytestmark = pytest.mark.django_db


def test_el_menu_la_ofrece(cliente, client):
    """JU1: it is registered and that is all: menu, cover and cards show it."""
    assert "Jubilación" in palabras(cliente.get(reverse("tramites")))
    assert "Para trabajadores civiles del Estado" in palabras(cliente.get(reverse("tramites")))
    assert "Pensión Civil por Jubilación" in palabras(client.get("/"))
    assert "Requisitos de la Pensión Civil por Jubilación" in palabras(
        client.get(reverse("requisitos", args=["jubilacion"]))
    )


def test_la_ventana_de_derecho_dice_lo_suyo(cliente):
    """JU1, FA1: its own words, and nothing of another pension's."""
    ventana = palabras(cliente.get(reverse("derecho", args=["jubilacion"])))
    for frase in (
        "Puede pedir esta pensión si contribuyó al Régimen y cumple una de estas condiciones:",
        "Tiene cincuenta años de edad o más, y diez años de servicio o más.",
        "Información general. ONSEC decide según la ley.",
    ):
        assert frase in ventana
    assert "incapacidad" not in ventana


def test_el_pie_y_lo_que_falta_son_los_de_esta_pension(cliente, titular):
    """JU2."""
    gestion = hasta_documentos(titular)
    for renglon in (1, 2, 3, 4):
        escenas.adjuntar(gestion, renglon)
    direccion = reverse("paso", args=[gestion.numero, "documentos"])
    pagina = palabras(cliente.get(direccion))
    assert (
        "Los documentos [1, 2, 3, 4, 5] son obligatorios y los documentos [6, 7, 8] son opcionales." in pagina
    )
    assert "Cargue el 6, el 7 y el 8 solo si le corresponden." in pagina
    assert (
        "Faltan documentos obligatorios: 5. Certificación de Tiempo de Servicio. Cárguelos para continuar."
        in palabras(cliente.post(direccion))
    )


def test_el_papel_dice_jubilacion_y_nada_de_invalidez(titular):
    """JU4: in its title and its acta; «IGSS», only in the field of the affiliation."""
    version = hasta_documentos(titular).formulario_vigente.congelado()
    papel = generar(JUBILACION.formulario_impreso(version), creado=timezone.now())
    texto = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(papel)).pages).split())
    assert "FORMULARIO DE SOLICITUD DE PENSIÓN CIVIL POR JUBILACIÓN" in texto
    assert "trámite de Pensión Civil por Jubilación son verídicos" in texto
    assert not re.search("invalidez", texto, re.IGNORECASE)
    assert texto.count("IGSS") == texto.count("Afiliación al IGSS No.") == 1
    for enterado in (
        "1. ONSEC califica si se cumplen los requisitos.",
        "2. Si ONSEC pide corregir y no actúo en seis meses, el expediente se archiva.",
        "3. El plazo para dejar mi puesto lo indica ONSEC al notificarme.",
    ):
        assert enterado in texto


@pytest.mark.parametrize(
    ("respuesta", "entrega", "marca"),
    [
        ("NO", "2025-11-20", False),
        ("NO", "2025-11-19", True),
        ("NO", "2026-05-20", False),
        ("SI", "2020-01-01", False),
        ("NO", "", False),
    ],
)
def test_una_entrega_de_hace_mas_de_seis_meses_se_senala(respuesta, entrega, marca):
    """JU5: six months to the day, no; one more, yes."""
    assert CONTEXTO.hoy == date(2026, 5, 20)
    juramento = {"pregunta_3": respuesta, "fecha_entrega_cargo": entrega}
    dichas = JUBILACION.marcas({"juramento": {"valores": juramento}}, CONTEXTO)["juramento"]
    assert ("Revise desde cuándo se paga." in dichas) is marca
    assert "Revise desde cuándo se paga." not in INVALIDEZ.marcas(
        {"juramento": {"valores": juramento}}, CONTEXTO
    ).get("juramento", ())


def test_una_persona_puede_tener_las_dos(client, titular):
    """JU6: at once; the desk sees each beside the other."""
    de_invalidez, de_jubilacion = escenas.enviada_sin_papeles(titular), enviada(titular)
    ana = escenas.analista()
    tomar(numero=de_jubilacion.numero, actor=ana, ahora=timezone.now())
    client.force_login(ana)
    pagina = client.get(reverse("revision", args=[de_jubilacion.numero]))
    assert re.search(rf"Otras de la misma persona\s*{de_invalidez.numero}\b", palabras(pagina))


def test_de_la_mesa_al_expediente_admitido(client, titular):
    """JU1, FA1, MO11, FA9: its own internal data and cases, a law of its own, and it is admitted."""
    ana, gestion = escenas.analista(), enviada(titular)
    gestion = tomar(numero=gestion.numero, actor=ana, ahora=timezone.now())
    client.force_login(ana)
    pagina = client.get(reverse("revision", args=[gestion.numero]))
    dicho = palabras(pagina)
    assert "Causal" in dicho
    assert "Tiempo comprobado: años" in dicho
    assert "Fecha de declaración del IGSS" not in dicho
    assert "NATURALEZA DE LA INVALIDEZ" not in pagina.content.decode()
    assert "CERTIFICACIÓN DE HORARIOS" in pagina.content.decode()
    datos = {"causal": "50-10", "tiempo_anios": "12", "entrega_el": "01/02/2026", "solvencia": "pendiente"}
    asentar = reverse("internos", args=[gestion.numero])
    assert client.post(asentar, datos | {"version": gestion.version}).status_code == 302
    assert Gestion.objects.get(pk=gestion.pk).internos.datos["tiempo_anios"] == 12
    malo = client.post(asentar, datos | {"version": gestion.version + 1, "tiempo_meses": "12"})
    assert "Escriba los meses con números, de 0 a 11." in palabras(malo)
    gestion = escenas.observar_en(gestion, ana, {}, {})
    gestion = admitir(numero=gestion.numero, actor=ana, version=gestion.version, ahora=timezone.now())
    assert gestion.estado == Estado.ADMITIDA
    assert "Decreto 63-88, artículo 5" in gestion.definicion.base_admision


def test_se_avisa_para_que_sirve_la_fecha_de_nacimiento(titular):
    """JU1, B2.7: it has no asterisk; left blank, it is said."""
    datos = escenas.RESPUESTAS["beneficiario"] | {"fecha_nacimiento": ""}
    form = JUBILACION.paso("beneficiario").clase_formulario(datos, contexto=CONTEXTO)
    assert form.is_valid(), form.errors
    assert any("ONSEC la necesita para comprobar su edad." in aviso for aviso in form.avisos())


def test_lo_de_nuestra_redaccion_esta_pendiente(client):
    """FA4, MO17: each of its texts is listed so in the admin."""
    client.force_login(escenas.analista(papel=Usuario.Papel.ADMINISTRACION))
    lista = palabras(client.get(reverse("admin:prevision_textoeditable_changelist")))
    assert "Pensión Civil por Jubilación: numeral 3 del paso 5" in lista
    assert lista.count("redacción propia, pendiente del texto oficial") >= 4


def test_un_numeral_vacio_no_se_muestra_y_los_demas_conservan_su_numero(django_capture_on_commit_callbacks):
    """MO17."""
    with django_capture_on_commit_callbacks(execute=True):
        TextoEditable.objects.create(
            clave="jubilacion.enterado.2", version=1, texto="", vigente_desde=date(2026, 1, 1)
        )
    textos = JUBILACION.textos_del_dia()
    html = render_to_string(JUBILACION.textos.enterado, {"textos": textos, "gestion": GestionFactory.build()})
    assert re.findall(r"<p>(\d)\. ", html) == ["1", "3"]
