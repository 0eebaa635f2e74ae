"""Two people never hold one Gestión."""

import pytest
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.fabricas import CiudadanoFactory, GestionFactory
from tests.tramites import escenas
from tests.tramites.carreras import HILOS, correr
from tramites.acciones.tomar import tomar
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Estado, Gestion
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import Conflicto

AHORA = timezone.now()


JEFATURA = Usuario.Papel.JEFATURA


def en_cola(**datos) -> Gestion:
    """A row in the queue, without its files: enough to be taken."""
    datos = {"recibida_en": AHORA, "en_cola_desde": AHORA} | datos
    return GestionFactory(estado=Estado.RECIBIDA, **datos)


@pytest.mark.parametrize("papel", [Usuario.Papel.ANALISTA, JEFATURA])
def test_quien_revisa_la_toma(titular, papel):
    """matriz.md §3 `tomar`: A and J; the taking is an event."""
    quien = escenas.analista(papel=papel)
    gestion = escenas.tomada(titular, quien)
    assert gestion.asignada_a == quien
    evento = Evento.objects.get(tipo="tomada")
    assert evento.datos == {"anterior": None, "nuevo": quien.pk}


@pytest.mark.parametrize("papel", ["administracion", "auditoria", "consulta"])
def test_los_demas_papeles_no_la_toman(db, papel):
    """matriz.md §3: 403."""
    quien = escenas.analista(papel=papel)
    gestion = en_cola()
    with pytest.raises(NoPermitido):
        tomar(numero=gestion.numero, actor=quien, ahora=AHORA)
    with pytest.raises(NoPermitido):
        tomar_siguiente(actor=quien, ahora=AHORA)


def test_un_ciudadano_no_toma_ni_la_suya(db):
    """matriz.md §1: neither X nor T."""
    gestion = en_cola()
    for persona in (gestion.solicitante, CiudadanoFactory()):
        with pytest.raises(NoPermitido):
            tomar(numero=gestion.numero, actor=persona, ahora=AHORA)


def test_la_de_otro_dice_quien_la_tomo(db):
    """mensajes.md §3, desk."""
    gestion, una = en_cola(), escenas.analista(primer_nombre="MARTA", primer_apellido="XOL")
    tomar(numero=gestion.numero, actor=una, ahora=AHORA)
    with pytest.raises(Conflicto) as rechazo:
        tomar(numero=gestion.numero, actor=escenas.analista(), ahora=AHORA)
    assert rechazo.value.mensaje == "MARTA XOL ya tomó esta Gestión. Elija otra."


def test_tomar_la_propia_otra_vez_no_hace_nada(db):
    gestion, una = en_cola(), escenas.analista()
    for _ in range(2):
        assert tomar(numero=gestion.numero, actor=una, ahora=AHORA).asignada_a == una
    assert Evento.objects.filter(tipo="tomada").count() == 1


@pytest.mark.parametrize("estado", ["creacion", "observada", "admitida", "archivada"])
def test_solo_se_toma_la_recibida(titular, estado):
    """matriz.md §3: 409 in every other state, also for whoever held it."""
    quien = escenas.analista()
    gestion = {
        "creacion": lambda: escenas.completa(titular),
        "observada": lambda: escenas.observada(titular, quien),
        "admitida": lambda: escenas.admitida(titular, quien),
        "archivada": lambda: escenas.desistida(escenas.recibida(titular)),
    }[estado]()
    with pytest.raises(Conflicto):
        tomar(numero=gestion.numero, actor=quien, ahora=AHORA)
    assert tomar_siguiente(actor=quien, ahora=AHORA) is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_veinte_toman_la_misma_y_una_sola_persona_la_tiene():
    """S23."""
    gestion, personas = en_cola(), [escenas.analista() for _ in range(HILOS)]
    salidas = correr(
        lambda n: tomar(numero=gestion.numero, actor=personas[n], ahora=AHORA).asignada_a_id, Conflicto
    )
    ganadoras = [pk for pk in salidas if not isinstance(pk, Conflicto)]
    assert ganadoras == [Gestion.objects.get(pk=gestion.pk).asignada_a_id]
    assert Evento.objects.filter(tipo="tomada").count() == 1
