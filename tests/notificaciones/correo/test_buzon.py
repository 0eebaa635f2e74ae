"""The demo's post office: files, and the pages that show them."""

import re
from datetime import UTC, datetime
from importlib import reload

import pytest
import time_machine
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from notificaciones import tareas, urls
from notificaciones.correo import buzon
from tests.disco import caben
from tests.fabricas import CorreoFactory


@pytest.fixture
def correos(settings, tmp_path):
    """Mails go to files in a folder that does not exist yet."""
    settings.EMAIL_BACKEND = "notificaciones.correo.buzon.BuzonEml"
    settings.RUTA_CORREOS = tmp_path / "var" / "correos"
    return settings.RUTA_CORREOS


def enviar(asunto="Aviso"):
    EmailMessage(asunto, "cuerpo", to=["ciudadana9@demo.gt"]).send()


def test_cada_correo_es_un_archivo_entero(correos):
    """contrato.md: var/correos/*.eml, one file a mail."""
    enviar("Confirme su correo")
    [ruta] = correos.iterdir()
    assert ruta.suffix == ".eml"
    leido = buzon.leer(ruta.name)
    assert leido["Subject"] == "Confirme su correo"
    assert leido["To"] == "ciudadana9@demo.gt"


def test_un_correo_que_no_cabe_no_deja_medio(correos):
    """A full disk: the mail is not sent, nothing of it stays, and another attempt finds its place."""
    with caben(100), pytest.raises(OSError):
        enviar()
    assert list(correos.iterdir()) == []
    enviar()
    assert len(buzon.nombres()) == 1


def test_la_fecha_del_correo_es_la_de_guatemala(client, correos, db):
    """mensajes.md: dates of Guatemala, 24 hours, in the header and on the page."""
    with time_machine.travel(datetime(2026, 6, 12, 0, 30, tzinfo=UTC).timestamp()):
        enviar()
    assert buzon.leer(*buzon.nombres())["Date"] == "Thu, 11 Jun 2026 18:30:00 -0600"
    assert "11-06-2026 18:30:00" in client.get(reverse("correos")).content.decode()


def test_cien_correos_son_cien_archivos_en_orden(correos):
    """Names sort by the time of sending."""
    for n in range(100):
        enviar(f"Aviso {n}")
    en_orden = [buzon.leer(nombre)["Subject"] for nombre in reversed(buzon.nombres())]
    assert en_orden == [f"Aviso {n}" for n in range(100)]


def test_en_un_mismo_instante_ninguno_pisa_a_otro(correos):
    """Names are unique even when the clock is not."""
    with time_machine.travel(0, tick=False):
        cuantos = get_connection().send_messages(
            [EmailMessage("Aviso", "cuerpo", to=["ciudadana9@demo.gt"])] * 100
        )
    assert cuantos == len(buzon.nombres()) == 100


@pytest.mark.django_db
def test_quien_llega_sin_cuenta_lee_su_correo_y_puede_seguir_el_enlace(client, correos):
    """contrato.md: demo only, /correos/ shows the mails sent."""
    correo = CorreoFactory(
        plantilla="confirmar_correo",
        asunto="Confirme su correo en el portal CEO",
        contexto={"boton": "Confirmar mi correo", "enlace": "/cuenta/confirmar/abc/"},
    )
    tareas.enviar_correo(correo.pk)
    lista = client.get(reverse("correos"))
    assert "Confirme su correo en el portal CEO" in lista.content.decode()
    pagina = client.get(reverse("correo", args=buzon.nombres())).content.decode()
    assert re.search(r'<a href="http://localhost:8000/cuenta/confirmar/abc/"', pagina)


@pytest.mark.django_db
def test_el_correo_con_su_diseno_no_ejecuta_ni_carga_nada(client, correos):
    """S26, S33: sandboxed, no script, nothing fetched."""
    tareas.enviar_correo(CorreoFactory().pk)
    respuesta = client.get(reverse("correo_html", args=buzon.nombres()))
    politica = respuesta.headers["Content-Security-Policy"]
    assert "sandbox" in politica
    assert "default-src 'none'" in politica
    assert "style-src 'unsafe-inline'" in politica
    assert "Oficina Nacional de Servicio Civil" in respuesta.content.decode()


@pytest.mark.django_db
def test_el_html_de_un_correo_no_entra_en_la_pagina(client, correos):
    """S26."""
    EmailMessage("<script>1</script>", "<img src=x onerror=1>", to=["ciudadana9@demo.gt"]).send()
    for ruta in (reverse("correos"), reverse("correo", args=buzon.nombres())):
        pagina = client.get(ruta).content.decode()
        assert "<script>1" not in pagina
        assert "<img src=x" not in pagina


@pytest.mark.django_db
@pytest.mark.parametrize("nombre", ["nada.eml", "..%2f..%2fmanage.eml", "../manage.py", "a.txt"])
def test_un_nombre_ajeno_no_existe(client, correos, nombre):
    """S11: only this folder's mails."""
    assert client.get(f"/correos/{nombre}/").status_code == 404


@pytest.mark.django_db
def test_sin_correos_la_pagina_lo_dice(client, correos):
    """contrato.md: before anything was sent."""
    assert "Todavía no se ha enviado ningún correo." in client.get(reverse("correos")).content.decode()


def test_fuera_de_la_demostracion_no_hay_ruta_a_los_correos(settings):
    """contrato.md: demo only."""
    settings.DEMO = False
    try:
        assert not {"correos", "correo", "correo_html"} & {ruta.name for ruta in reload(urls).urlpatterns}
    finally:
        settings.DEMO = True
        assert "correos" in {ruta.name for ruta in reload(urls).urlpatterns}
