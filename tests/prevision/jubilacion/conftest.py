"""A Gestión of jubilación at each point of its way, by the real actions."""

import uuid

import pytest
from django.utils import timezone

from cuentas.models import Usuario
from previsión.pensiones.jubilacion import JUBILACION
from tests.tramites import escenas
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.models import Gestion


def hasta_documentos(actor: Usuario) -> Gestion:
    """A draft confirmed in «Notificado»."""
    gestion = crear(actor=actor, tramite=JUBILACION, ficha=uuid.uuid4(), ahora=timezone.now())
    for clave in escenas.RESPUESTAS:
        escenas.guardar(gestion, clave)
    escenas.leer(Gestion.de(actor, gestion.numero))
    confirmar_enterado(numero=gestion.numero, actor=actor, descarga=True, ahora=timezone.now())
    return Gestion.de(actor, gestion.numero)


def enviada(actor: Usuario) -> Gestion:
    """A Gestión that ONSEC has."""
    gestion = hasta_documentos(actor)
    for renglon in gestion.obligatorios:
        escenas.adjuntar(gestion, renglon.numero)
    escenas.mandar(Gestion.de(actor, gestion.numero))
    return Gestion.de(actor, gestion.numero)


@pytest.fixture
def titular(db) -> Usuario:
    return escenas.titular()


@pytest.fixture
def cliente(client, titular):
    """A browser where the owner is signed in."""
    client.force_login(titular)
    return client
