"""Every address demands a login or stands in this short list of public ones."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

PUBLICAS = {
    "portada",
    "ayuda",
    "accesibilidad",
    "terminos",
    "privacidad",
    "requisitos",
    "orientacion",
    "verificar",
    "verificar_codigo",
    "salud_viva",
    "salud_lista",
    # to have an account
    "account_signup",
    "registro_enviado",
    "account_login",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "admin:login",
    "admin:logout",  # to nobody it only says where to sign in
}
SOLO_DE_LA_DEMOSTRACION = {"correos", "correo", "correo_html"}
EJEMPLOS = {
    "int": 1,
    "slug": "invalidez",
    "uuid": UUID(int=1),
    "str": "1",
    "path": "1",
    # groups of regular expressions, by their name
    "key": "abc-def",
    "uidb36": "1",
    "nombre": "20260101T000000000000Z-0000.eml",
    "url": "x",
    "app_label": "cuentas",
}


def _direcciones(nodo: URLResolver, espacio: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    for hijo in nodo.url_patterns:
        if isinstance(hijo, URLResolver):
            yield from _direcciones(hijo, f"{hijo.namespace}:" if hijo.namespace else espacio)
        else:
            yield f"{espacio}{hijo.name}", _argumentos(hijo)


def _argumentos(patron: URLPattern) -> dict[str, object]:
    conversores = patron.pattern.converters
    grupos = getattr(patron.pattern, "regex", None).groupindex if not conversores else {}
    tipos = {nombre: type(c).__name__.removesuffix("Converter").lower() for nombre, c in conversores.items()}
    tipos |= {nombre: nombre for nombre in grupos}
    return {nombre: EJEMPLOS["str" if tipo == "string" else tipo] for nombre, tipo in tipos.items()}


DIRECCIONES = list(_direcciones(get_resolver()))


def test_las_direcciones_tienen_nombre_y_las_publicas_existen():
    nombres = {nombre for nombre, _ in DIRECCIONES}
    assert [n for n in nombres if n.endswith("None")] == ["admin:None"]  # the admin's answer to the unknown
    assert nombres >= PUBLICAS | SOLO_DE_LA_DEMOSTRACION


@pytest.mark.django_db
@pytest.mark.parametrize("metodo", ["get", "post"])
@pytest.mark.parametrize(
    ("nombre", "argumentos"),
    [d for d in DIRECCIONES if d[0] not in PUBLICAS | SOLO_DE_LA_DEMOSTRACION | {"admin:None"}],
    ids=lambda valor: valor if isinstance(valor, str) else "",
)
def test_sin_sesion_solo_se_llega_a_ingresar(client, nombre, argumentos, metodo):
    """S17: deny by default; a new address without a policy fails here."""
    respuesta = getattr(client, metodo)(reverse(nombre, kwargs=argumentos))
    if respuesta.status_code == 405:  # a method it does not serve to anyone
        return
    assert respuesta.status_code == 302
    assert urlsplit(respuesta["Location"]).path in {reverse("account_login"), reverse("admin:login")}
