"""People of the accounts' tests, with a password and a confirmed address."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from cuentas.models import Usuario
from tests.fabricas import CiudadanoFactory

CLAVE = "las jacarandas de abril"
CUI = "1600325470202"
NO_COINCIDE = "El dato o la contraseña no son correctos. Revíselos o recupere su contraseña."


@pytest.fixture
def con_cuenta() -> Callable[..., Usuario]:
    """A citizen who can sign in; `verificado=False` leaves the address to be confirmed."""

    def crear(*, verificado: bool = True, clave: str = CLAVE, **datos: Any) -> Usuario:
        persona = CiudadanoFactory.build(**datos)
        persona.set_password(clave)
        persona.save()
        EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=verificado)
        return persona

    return crear


@pytest.fixture
def ciudadana(con_cuenta) -> Usuario:
    return con_cuenta(cui=CUI, email="rosalinda@demo.gt")


@pytest.fixture
def personal() -> Callable[[str], Usuario]:
    """Staff of that role, who can sign in."""

    def crear(papel: str) -> Usuario:
        persona = Usuario.objects.crear_personal(
            email=f"{papel}@demo.gt",
            papel=papel,
            password=CLAVE,
            primer_nombre="SOFÍA",
            primer_apellido="PALENCIA",
        )
        EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=True)
        return persona

    return crear


def ingresar(client, login: str, clave: str = CLAVE, **extra: Any):
    """The answer to the sign-in form."""
    return client.post("/cuenta/ingresar/", {"login": login, "password": clave, **extra})


def dentro(client) -> bool:
    """Whether that browser is signed in."""
    return client.get("/mis-datos/").status_code == 200
