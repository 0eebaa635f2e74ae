"""The addresses of the accounts: allauth's names, only the routes that this portal uses."""

from allauth.account import views as allauth_vistas
from allauth.mfa.base import views as mfa_vistas
from django.db import transaction
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import vistas
from .models import DocumentoLegal
from .permisos import solo_ciudadano, solo_personal
from .segundo_factor import vistas as segundo_factor

# What allauth writes and the event that tells of it stand or fall together.
entero = transaction.atomic
el_personal = solo_personal()
SEGUNDO_FACTOR = "cuenta/segundo-factor/"

urlpatterns = [
    path("cuenta/registro/", vistas.Registrarse.as_view(), name="account_signup"),
    path("cuenta/registro/enviado/", vistas.RegistroEnviado.as_view(), name="registro_enviado"),
    path("cuenta/ingresar/", vistas.Ingresar.as_view(), name="account_login"),
    path("cuenta/salir/", vistas.Salir.as_view(), name="account_logout"),
    path("cuenta/inactiva/", allauth_vistas.account_inactive, name="account_inactive"),
    # allauth's name; nobody without a confirmed address gets that far.
    path(
        "cuenta/confirmar/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_email_verification_sent",
    ),
    # A mail's link confirms a registration, or the new address of an account (allauth's).
    re_path(
        r"^cuenta/confirmar/(?P<key>[0-9a-f]{32}-\d+:[-\w]+)/$",
        vistas.ConfirmarRegistro.as_view(),
        name="account_confirm_email",
    ),
    re_path(
        r"^cuenta/confirmar/(?P<key>[-:\w]+)/$",
        entero(vistas.ConfirmarCorreo.as_view()),
        name="account_confirm_email",
    ),
    path("cuenta/recuperar/", vistas.Recuperar.as_view(), name="account_reset_password"),
    path("cuenta/recuperar/enviado/", allauth_vistas.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^cuenta/recuperar/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entero(vistas.ClaveNueva.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "cuenta/recuperar/listo/",
        allauth_vistas.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("cuenta/clave/", entero(allauth_vistas.password_change), name="account_change_password"),
    path("cuenta/correo/", entero(solo_ciudadano(allauth_vistas.email)), name="account_email"),
    path("cuenta/comprobar/", allauth_vistas.reauthenticate, name="account_reauthenticate"),
    path("cuenta/cui/", el_personal(vistas.DeclararCui.as_view()), name="declarar_cui"),
    path(SEGUNDO_FACTOR, el_personal(mfa_vistas.index), name="mfa_index"),
    path(f"{SEGUNDO_FACTOR}ingresar/", mfa_vistas.authenticate, name="mfa_authenticate"),
    path(f"{SEGUNDO_FACTOR}comprobar/", el_personal(mfa_vistas.reauthenticate), name="mfa_reauthenticate"),
    path(
        f"{SEGUNDO_FACTOR}activar/",
        el_personal(segundo_factor.Activar.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        f"{SEGUNDO_FACTOR}quitar/",
        el_personal(segundo_factor.Quitar.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        f"{SEGUNDO_FACTOR}codigos/",
        el_personal(segundo_factor.VerCodigos.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        f"{SEGUNDO_FACTOR}codigos/nuevos/",
        el_personal(segundo_factor.RenovarCodigos.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("terminos/", vistas.TextoLegal.as_view(tipo=DocumentoLegal.Tipo.TERMINOS), name="terminos"),
    path("privacidad/", vistas.TextoLegal.as_view(tipo=DocumentoLegal.Tipo.PRIVACIDAD), name="privacidad"),
    path("mis-datos/", vistas.MisDatos.as_view(), name="mis_datos"),
]
