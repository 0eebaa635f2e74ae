"""What the desk's tests share: the staff, a browser for each and a Gestión in their hands."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cuentas.models import Usuario
from tests.tramites import escenas
from tramites.acciones.tomar import tomar
from tramites.models import Gestion

Papel = Usuario.Papel


@pytest.fixture
def entrar(db) -> Callable[..., Client]:
    """A browser where that person is signed in; a role makes the person."""

    def _entrar(quien: Usuario | str) -> Client:
        navegador = Client()
        navegador.force_login(quien if isinstance(quien, Usuario) else escenas.analista(papel=quien))
        return navegador

    return _entrar


@pytest.fixture
def titular(db) -> Usuario:
    return escenas.titular()


@pytest.fixture
def cliente(client, titular) -> Client:
    """A browser where the owner is signed in."""
    client.force_login(titular)
    return client


@pytest.fixture
def analista(db) -> Usuario:
    return escenas.analista(primer_nombre="SOFÍA", primer_apellido="PALENCIA")


@pytest.fixture
def mesa(entrar, analista) -> Client:
    """The analyst's browser."""
    return entrar(analista)


@pytest.fixture
def recibida(titular) -> Gestion:
    """A Gestión that ONSEC has and nobody holds."""
    return escenas.enviada_sin_papeles(titular)


@pytest.fixture
def tomada(recibida, analista) -> Gestion:
    """The same, in the analyst's hands."""
    return tomar(numero=recibida.numero, actor=analista, ahora=timezone.now())


@pytest.fixture
def pagina() -> Callable[..., str]:
    """The address of a desk's page of a Gestión."""
    return lambda nombre, gestion, *args: reverse(nombre, args=[gestion.numero, *args])
