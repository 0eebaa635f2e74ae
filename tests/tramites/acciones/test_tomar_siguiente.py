"""«Tomar siguiente»: the oldest that nobody holds."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.fabricas import GestionFactory
from tests.tramites import escenas
from tests.tramites.carreras import HILOS, correr
from tramites.acciones.reasignar import reasignar
from tramites.acciones.tomar import tomar
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Estado, Gestion
from tramites.reglas.permisos import NoPermitido

AHORA = timezone.now()


JEFATURA = Usuario.Papel.JEFATURA


def en_cola(**datos) -> Gestion:
    """A row in the queue, without its files: enough to be taken."""
    datos = {"recibida_en": AHORA, "en_cola_desde": AHORA} | datos
    return GestionFactory(estado=Estado.RECIBIDA, **datos)


def hacer(accion, gestion: Gestion, quien: Usuario, **datos) -> Gestion:
    gestion = Gestion.objects.get(pk=gestion.pk)
    return accion(numero=gestion.numero, actor=quien, version=gestion.version, ahora=AHORA, **datos)


def test_la_siguiente_es_la_mas_antigua_en_cola(db):
    """F1: by the day it entered the queue, not by number."""
    nueva = en_cola()
    vieja = en_cola(en_cola_desde=AHORA - timezone.timedelta(days=2))
    quien = escenas.analista()
    assert [tomar_siguiente(actor=quien, ahora=AHORA) for _ in range(3)] == [vieja, nueva, None]


def test_nadie_toma_una_de_su_mismo_cui(db):
    """matriz.md §2, S18: 403, and «Tomar siguiente» passes over it."""
    gestion = en_cola()
    gemela = escenas.analista(cui=gestion.titular_cui)
    with pytest.raises(NoPermitido):
        tomar(numero=gestion.numero, actor=gemela, ahora=AHORA)
    assert tomar_siguiente(actor=gemela, ahora=AHORA) is None
    with pytest.raises(NoPermitido):
        hacer(reasignar, gestion, escenas.analista(papel=JEFATURA), a=gemela)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_toman_la_siguiente_y_ninguna_se_repite():
    """experiencia.md §3 «Get next»: nobody waits for nobody, and no Gestión is given twice."""
    for _ in range(15):
        en_cola()
    personas = [escenas.analista() for _ in range(HILOS)]
    salidas = correr(lambda n: tomar_siguiente(actor=personas[n], ahora=AHORA))
    dadas = [g.pk for g in salidas if g]
    assert len(dadas) == len(set(dadas)) == 15
    assert Evento.objects.filter(tipo="tomada").count() == 15
