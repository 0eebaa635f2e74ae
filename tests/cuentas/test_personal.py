"""The accounts of ONSEC's staff: invited, changed and deactivated by administración, without passwords."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from bitacora.models import Evento
from cuentas.models import Usuario
from notificaciones.models import Correo
from tests.fabricas import CiudadanoFactory, cui

from .conftest import dentro, ingresar

pytestmark = pytest.mark.django_db

CUI = cui(900_001)
CLAVE_NUEVA = "el quetzal vuela de noche"
NUEVA = {
    "email": "Marta@ONSEC.example",
    "papel": "analista",
    "primer_nombre": "Marta",
    "segundo_nombre": "",
    "primer_apellido": "Sic",
    "segundo_apellido": "",
    "cui": CUI,
}
LISTA = "admin:cuentas_usuario_changelist"


@pytest.fixture
def admin(personal) -> Usuario:
    return personal("administracion")


@pytest.fixture
def oficina(client, admin):
    """A browser where administración is signed in."""
    client.force_login(admin)
    return client


def abrir(oficina, **cambios: str):
    return oficina.post(reverse("admin:cuentas_usuario_add"), NUEVA | cambios)


def cambiar(oficina, persona: Usuario, **cambios: str):
    datos = NUEVA | {"papel": persona.papel, "is_active": "on"} | cambios
    return oficina.post(
        reverse("admin:cuentas_usuario_change", args=[persona.pk]),
        {c: v for c, v in datos.items() if v != "no"},
    )


def elegir_clave(correo: Correo) -> None:
    navegador = Client()
    paso = navegador.get(correo.contexto["enlace"], follow=True)
    navegador.post(paso.redirect_chain[-1][0], {"password1": CLAVE_NUEVA, "password2": CLAVE_NUEVA})


def test_a_quien_se_invita_elige_su_contrasena_desde_su_correo(oficina, admin):
    """F3: administración opens the account and knows no password; the act is in the log."""
    assert abrir(oficina).status_code == 302
    marta = Usuario.objects.get(usuario="marta@onsec.example")
    assert (marta.tipo, marta.papel, marta.primer_nombre) == ("personal", "analista", "MARTA")
    assert not marta.has_usable_password()
    correo = Correo.objects.get(para=marta.email)
    assert (correo.plantilla, correo.asunto) == ("invitacion", "Elija su contraseña del portal CEO")
    evento = Evento.objects.get(tipo="personal_invitado")
    assert (evento.actor, evento.datos) == (admin, {"cuenta": marta.pk, "papel": "analista"})
    elegir_clave(correo)
    navegador = Client()
    assert ingresar(navegador, marta.email, CLAVE_NUEVA).headers["Location"] == "/revision/"


def test_nadie_ve_ni_escribe_una_contrasena(oficina, personal):
    """S17: there is no field for it, and posting one changes nothing."""
    analista = personal("analista")
    pagina = oficina.get(reverse("admin:cuentas_usuario_change", args=[analista.pk])).content.decode()
    assert "password" not in pagina
    antes = analista.password
    cambiar(oficina, analista, password="x", is_superuser="on", tipo="ciudadano", usuario="otro")
    analista.refresh_from_db()
    assert (analista.password, analista.tipo, analista.usuario) == (antes, "personal", "analista@demo.gt")


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"email": "administracion@demo.gt"}, "Ya hay una cuenta con ese correo. Escriba otro."),
        ({"email": "ELENA@demo.gt"}, "Ya hay una cuenta con ese correo. Escriba otro."),
        ({"email": "marta"}, "Escriba un correo como nombre@ejemplo.com."),
        ({"papel": ""}, "Elija el papel."),
        ({"papel": "superusuario"}, "superusuario"),
        ({"primer_nombre": ""}, "Escriba el primer nombre."),
        ({"cui": "1600325480202"}, "El CUI no es correcto. Revise cada número con su DPI a la vista."),
    ],
)
def test_lo_mal_escrito_se_dice_y_no_abre_nada(oficina, cambios, mensaje):
    """F3."""
    CiudadanoFactory(email="elena@demo.gt")
    cuentas = Usuario.objects.count()
    assert mensaje in abrir(oficina, **cambios).content.decode()
    assert (Usuario.objects.count(), Correo.objects.count()) == (cuentas, 0)


def test_un_papel_nuevo_vale_desde_ya_y_cierra_las_sesiones(oficina, admin, personal):
    """S17, S35: the log keeps from which to which."""
    analista = personal("analista")
    navegador = Client()
    ingresar(navegador, analista.email)
    assert dentro(navegador)
    assert cambiar(oficina, analista, papel="jefatura").status_code == 302
    assert not dentro(navegador)
    analista.refresh_from_db()
    assert analista.papel == "jefatura"
    evento = Evento.objects.get(tipo="personal_cambiado")
    assert evento.actor == admin
    assert evento.datos["papel"] == ["analista", "jefatura"]
    assert "MARTA" not in str(evento.datos)


def test_a_quien_se_desactiva_no_entra_mas_ni_se_borra(oficina, personal):
    """S17: deactivated at once, in the middle of a session; the row and its acts stay."""
    analista = personal("analista")
    navegador = Client()
    ingresar(navegador, analista.email)
    cambiar(oficina, analista, is_active="no")
    assert not dentro(navegador)
    ingresar(navegador, analista.email)
    assert not dentro(navegador)
    assert (
        oficina.post(reverse("admin:cuentas_usuario_delete", args=[analista.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert Usuario.objects.filter(pk=analista.pk, is_active=False).exists()


def test_nadie_se_quita_su_propio_papel_ni_se_desactiva(oficina, admin):
    """S17: administración never locks itself out."""
    cambiar(oficina, admin, papel="consulta", is_active="no")
    admin.refresh_from_db()
    assert (admin.papel, admin.is_active, admin.primer_nombre) == ("administracion", True, "MARTA")


def test_los_ciudadanos_no_estan_en_la_lista_ni_se_abren(oficina):
    """S14: their accounts are not administración's."""
    ciudadana = CiudadanoFactory(primer_nombre="XÓCHITL")
    assert "XÓCHITL" not in oficina.get(reverse(LISTA)).content.decode()
    for pagina in ("change", "history", "delete"):
        direccion = reverse(f"admin:cuentas_usuario_{pagina}", args=[ciudadana.pk])
        assert "XÓCHITL" not in oficina.get(direccion, follow=True).content.decode()
    cambiar(oficina, ciudadana, papel="administracion")
    oficina.post(reverse(LISTA), {"action": "enviar_enlaces", "_selected_action": [ciudadana.pk]})
    ciudadana.refresh_from_db()
    assert (ciudadana.papel, Correo.objects.count()) == ("", 0)


def test_el_enlace_se_envia_otra_vez_con_tope(oficina, personal):
    """S49: three in five minutes an address; the inactive get none."""
    analista = personal("analista")
    envio = {"action": "enviar_enlaces", "_selected_action": [analista.pk]}
    for _ in range(5):
        oficina.post(reverse(LISTA), envio)
    assert Correo.objects.filter(para=analista.email).count() == 3
    cambiar(oficina, analista, is_active="no")
    oficina.post(reverse(LISTA), envio)
    assert Correo.objects.filter(para=analista.email).count() == 3


def test_la_primera_administracion_se_invita_desde_la_consola(capsys):
    """How a portal just installed gets whoever administers it."""
    call_command("invitar_personal", "jefa@onsec.example", "--nombre=Inés", "--apellido=Chay")
    ines = Usuario.objects.get(usuario="jefa@onsec.example")
    assert (ines.papel, ines.primer_nombre, ines.has_usable_password()) == ("administracion", "INÉS", False)
    assert "Administración" in capsys.readouterr().out
    assert Evento.objects.get(tipo="personal_invitado").papel == "sistema"
    elegir_clave(Correo.objects.get(para=ines.email))
    navegador = Client()
    assert ingresar(navegador, ines.email, CLAVE_NUEVA).headers["Location"] == "/admin/"
    with pytest.raises(CommandError):
        call_command("invitar_personal", "jefa@onsec.example", "--nombre=Inés", "--apellido=Chay")


def test_la_lista_dice_quien_tiene_dos_pasos(oficina, personal):
    """S41: administración sees who has not set it."""
    personal("analista")
    pagina = oficina.get(reverse(LISTA)).content.decode()
    assert len(re.findall(r'field-con_segundo_factor"><img[^>]*alt="False"', pagina)) == 2
