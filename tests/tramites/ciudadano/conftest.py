"""What the page tests share: paths, and a signed-in person who accepted the eligibility window."""

import time
from collections.abc import Callable

import pytest
from django.urls import reverse


@pytest.fixture
def aceptado(cliente):
    """The same browser after «Aceptar» in the eligibility window."""
    cliente.post(reverse("derecho", args=["invalidez"]))
    return cliente


@pytest.fixture
def clave_reciente(cliente, titular) -> None:
    """The password was typed a moment ago, as signing in leaves it."""
    sesion = cliente.session
    sesion["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    sesion["account_authentication_methods_user"] = str(titular.pk)
    sesion.save()


@pytest.fixture
def paso() -> Callable[..., str]:
    """The address of a step of a Gestión."""
    return lambda gestion, clave: reverse("paso", args=[gestion.numero, clave])
