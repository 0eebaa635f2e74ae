"""What the page tests share: paths, and a signed-in person who accepted the eligibility window."""

from collections.abc import Callable

import pytest
from django.urls import reverse


@pytest.fixture
def aceptado(cliente):
    """The same browser after «Aceptar» in the eligibility window."""
    cliente.post(reverse("derecho", args=["invalidez"]))
    return cliente


@pytest.fixture
def paso() -> Callable[..., str]:
    """The address of a step of a Gestión."""
    return lambda gestion, clave: reverse("paso", args=[gestion.numero, clave])
