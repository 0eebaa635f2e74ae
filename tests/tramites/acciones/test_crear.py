"""Opening a Gestión."""

import uuid

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tests.tramites.carreras import correr
from tramites import registro
from tramites.acciones.crear import crear
from tramites.models import Estado, Gestion
from tramites.reglas.rechazos import AccionRechazada


def abrir(actor, ficha):
    return crear(actor=actor, tramite=registro.obtener("invalidez"), ficha=ficha, ahora=timezone.now())


def test_nace_en_creacion_con_numero_y_plazo(titular):
    """C5, FB2: a draft has number, date and clock from the first moment."""
    gestion = escenas.nueva(titular)
    assert gestion.estado == Estado.CREACION
    assert gestion.numero > 0
    assert gestion.archivar_el > timezone.localdate()
    assert Evento.objects.get(gestion=gestion.numero).tipo == "gestion_creada"


def test_la_misma_ficha_es_la_misma_gestion(titular):
    """T0: a double click opens one Gestión and writes one event."""
    ficha = uuid.uuid4()
    assert abrir(titular, ficha).numero == abrir(titular, ficha).numero
    assert Gestion.objects.count() == 1
    assert Evento.objects.filter(tipo="gestion_creada").count() == 1


def test_la_ficha_de_otra_persona_no_abre_nada(titular):
    """S14: a ficha copied from somebody else reveals nothing."""
    ficha = uuid.uuid4()
    abrir(escenas.titular(), ficha)
    with pytest.raises(Gestion.DoesNotExist):
        abrir(titular, ficha)


def test_los_numeros_no_se_reutilizan(titular):
    """C5: deleting the last row does not give its number to the next."""
    primera = escenas.nueva(titular)
    numero = primera.numero
    primera.delete()
    assert escenas.nueva(titular).numero > numero


def test_una_persona_tiene_un_cupo_de_borradores(titular, settings):
    """S10: beyond it nothing opens; a ficha already used answers, and what was sent is not counted."""
    settings.BORRADORES_MAX = 2
    ficha = uuid.uuid4()
    gestion = abrir(titular, ficha)
    escenas.nueva(titular)
    with pytest.raises(AccionRechazada, match="Ya tiene 2 Gestiones «En Creación»"):
        escenas.nueva(titular)
    assert abrir(titular, ficha).numero == gestion.numero
    assert Gestion.objects.count() == 2
    Gestion.objects.filter(pk=gestion.pk).update(estado=Estado.RECIBIDA, recibida_en=timezone.now())
    escenas.nueva(titular)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_muchos_a_la_vez_no_pasan_del_cupo(titular, settings):
    """S10: counted one after another."""
    settings.BORRADORES_MAX = 2
    correr(lambda _: escenas.nueva(titular), AccionRechazada)
    assert Gestion.objects.count() == 2
