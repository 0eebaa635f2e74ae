"""What every answer carries so that a browser defends the person who reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from cuentas.models import Usuario
from tests.arquitectura.test_direcciones import DIRECCIONES
from tests.tramites import escenas

from .test_acceso import RUTAS, direccion

PAGINAS = [d for d in DIRECCIONES if d[0] != "admin:None"]
# A mail shown with its design has a policy of its own, without scripts nor origin.
SIN_POLITICA_COMUN = {"correo_html", "vista_previa_html"}
SOLO_PARA_GUARDAR = "default-src 'none'; frame-ancestors 'none'; sandbox"
NOMBRES = {"ids": lambda valor: valor if isinstance(valor, str) else ""}


def exigir_defensas(respuesta) -> None:
    politica = respuesta["Content-Security-Policy"]
    assert "default-src 'none'" in politica
    assert "unsafe" not in politica
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["X-Frame-Options"] == "DENY"
    assert respuesta["Referrer-Policy"] == "same-origin"
    assert respuesta["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(("nombre", "argumentos"), PAGINAS, **NOMBRES)
def test_toda_direccion_lleva_sus_defensas(client, nombre, argumentos):
    """S12, S26, S33: to anybody, refusals included."""
    if nombre in SIN_POLITICA_COMUN:
        return
    respuesta = client.get(reverse(nombre, kwargs=argumentos))
    exigir_defensas(respuesta)
    assert "frame-ancestors 'none'" in respuesta["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("papel", ["", Usuario.Papel.ADMINISTRACION])
def test_nada_de_quien_ingreso_queda_en_la_computadora(client, papel):
    """S43: `no-store` on every address, the refused ones too."""
    persona = escenas.titular()
    if papel:
        persona = Usuario.objects.crear_personal(email="a@demo.gt", papel=papel, password="x")
    client.force_login(persona)
    for nombre, argumentos in PAGINAS:
        if nombre not in {"account_logout", "admin:logout"}:
            respuesta = client.get(reverse(nombre, kwargs=argumentos))
            assert ("no-store" in respuesta["Cache-Control"], nombre) == (True, nombre)
            assert "private" in respuesta["Cache-Control"]


def test_ni_las_paginas_ni_los_archivos_de_su_gestion_se_guardan(cliente, titular):
    """S12, S43: each file comes as an attachment that may run nothing."""
    for gestion in (escenas.con_archivos(titular), escenas.enviada_sin_papeles(titular)):
        for nombre in RUTAS:
            respuesta = cliente.get(direccion(nombre, gestion))
            assert "no-store" in respuesta["Cache-Control"]
            exigir_defensas(respuesta)
            if respuesta["Content-Type"] == "application/pdf":
                assert respuesta["Content-Disposition"].startswith("attachment;")
                assert respuesta["Content-Security-Policy"] == SOLO_PARA_GUARDAR


def test_ningun_aviso_viaja_en_una_galleta(cliente, titular):
    """S43: the name of a medical paper, told once after the act, stays on the server."""
    gestion = escenas.con_archivos(titular)
    documento = gestion.documentos_vigentes[0]
    respuesta = cliente.post(direccion("eliminar", gestion, pk=documento.pk))
    assert set(cliente.cookies) <= {"sessionid", "csrftoken"}
    assert documento.nombre in cliente.get(respuesta["Location"]).content.decode()


@pytest.mark.django_db
def test_lo_publico_si_se_puede_guardar(client):
    """S43: the rule is for whoever signed in, and public pages stay quick."""
    assert "no-store" not in client.get(reverse("portada")).get("Cache-Control", "")


@pytest.mark.django_db
def test_al_salir_se_borra_lo_guardado():
    """S43: what the browser kept of the session goes."""
    cliente = Client()
    cliente.force_login(escenas.titular())
    assert cliente.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache", "storage"'
    assert cliente.get(reverse("tablero")).status_code == 302


def test_el_nombre_del_archivo_no_rompe_la_cabecera(cliente, titular):
    """S11, S12: accents, quotes and line breaks travel by RFC 6266."""
    gestion = escenas.hasta_documentos(titular)
    escenas.adjuntar(gestion, 2, nombre='acta "ñ"\r\nX-Mala: 1.pdf')
    gestion = type(gestion).de(titular, gestion.numero)
    respuesta = cliente.get(direccion("documento", gestion))
    assert "X-Mala" not in respuesta
    assert respuesta["Content-Disposition"].startswith("attachment; filename*=utf-8''acta%20%22%C3%B1%22")


@pytest.mark.parametrize("nombre", ["factura.exe", "constancia médica.docx", "sin extensión", "ACTA.PDF"])
def test_se_llame_como_se_llame_se_descarga_como_pdf(cliente, titular, nombre):
    """S11, S12: what is downloaded is what it says, in both forms of the header."""
    gestion = escenas.hasta_documentos(titular)
    escenas.adjuntar(gestion, 2, nombre=nombre)
    respuesta = cliente.get(direccion("documento", type(gestion).de(titular, gestion.numero)))
    assert respuesta["Content-Disposition"].strip('"').endswith(".pdf")
