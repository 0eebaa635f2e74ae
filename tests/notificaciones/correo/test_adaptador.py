"""allauth asks for mails; the outbox gets rows."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from cuentas.tareas import atender_recuperaciones
from notificaciones.correo.adaptador import AdaptadorCuentas, solo_ruta
from notificaciones.correo.redaccion import redactar
from notificaciones.models import Correo, Notificacion
from tests.fabricas import CiudadanoFactory

pytestmark = pytest.mark.django_db


def pedir(prefijo, **contexto):
    AdaptadorCuentas().send_mail(prefijo, "ciudadana9@demo.gt", contexto)


def test_un_correo_de_allauth_queda_como_fila_y_no_sale():
    """D2: nothing is sent inside the request."""
    persona = CiudadanoFactory()
    pedir("account/email/password_reset_key", user=persona, password_reset_url="http://x/cuenta/r/1-a/")
    correo = Correo.objects.get()
    assert correo.para == "ciudadana9@demo.gt"
    assert correo.destinatario == persona
    assert correo.contexto == {"boton": "Recuperar mi contraseña", "enlace": "/cuenta/r/1-a/"}
    assert mail.outbox == []
    assert not Notificacion.objects.exists()


def test_recuperar_con_un_host_falso_da_un_enlace_del_portal(client, settings):
    """S32: the whole way, from the page to the mail."""
    settings.ALLOWED_HOSTS = ["*"]
    persona = CiudadanoFactory()
    EmailAddress.objects.create(user=persona, email=persona.email, verified=True, primary=True)
    client.post(reverse("account_reset_password"), {"email": persona.email}, headers={"host": "malo.example"})
    atender_recuperaciones()
    texto = redactar(Correo.objects.get()).body
    assert f"{settings.URL_PUBLICA}/cuenta/recuperar/" in texto
    assert "malo.example" not in texto


def test_al_buzon_de_un_desconocido_no_se_le_dice_nada():
    """S37, S49: asking to recover an unknown address sends nothing."""
    pedir("account/email/unknown_account", signup_url="http://x/cuenta/registro/")
    assert not Correo.objects.exists()


def test_un_correo_que_nadie_redacto_se_nota():
    """A mail of a later allauth does not vanish in silence."""
    with pytest.raises(KeyError):
        pedir("account/email/algo_nuevo")


@pytest.mark.parametrize(
    "prefijo", ["account/email/password_changed", "account/email/password_reset", "mfa/email/totp_activated"]
)
def test_lo_que_nuestros_actos_ya_avisan_no_se_avisa_dos_veces(prefijo):
    """matriz.md §7: one road per notice."""
    AdaptadorCuentas().send_notification_mail(prefijo, CiudadanoFactory(), email="ciudadana9@demo.gt")
    assert not Correo.objects.exists()


def test_el_cambio_de_correo_se_avisa_tambien_al_que_se_deja():
    """S42, matriz.md §7: old and new."""
    persona = CiudadanoFactory()
    AdaptadorCuentas().send_notification_mail(
        "account/email/email_changed", persona, {"to_email": "nuevo@demo.gt"}, email="viejo@demo.gt"
    )
    correo = Correo.objects.get()
    assert (correo.para, correo.asunto) == ("viejo@demo.gt", "Cambió el correo de su cuenta")
    assert "nuevo@demo.gt" not in str(correo.contexto)


@pytest.mark.parametrize(
    ("direccion", "ruta"),
    [
        ("http://malo.example/cuenta/confirmar/a:b/", "/cuenta/confirmar/a:b/"),
        ("/cuenta/ingresar/?next=/tablero/", "/cuenta/ingresar/?next=/tablero/"),
        ("", ""),
    ],
)
def test_de_una_direccion_se_guarda_solo_la_ruta(direccion, ruta):
    """S32."""
    assert solo_ruta(direccion) == ruta
