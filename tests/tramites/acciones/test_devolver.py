"""What a person held who may no longer review: nothing of it stays mute (matriz.md §5, §7)."""

import pytest
from django.db import transaction
from django.utils import timezone

from bitacora.models import Evento
from cuentas.acciones.cambiar_personal import cambiar_personal
from cuentas.models import Usuario
from notificaciones.models import Notificacion
from tests.hilos import en_hilo
from tests.tramites import escenas
from tramites.acciones.desarchivar import desarchivar
from tramites.acciones.devolver import devolver
from tramites.acciones.reasignar import reasignar
from tramites.acciones.tomar import tomar
from tramites.acciones.tomar_siguiente import tomar_siguiente
from tramites.models import Estado, Gestion
from tramites.reglas.permisos import NoPermitido

Papel = Usuario.Papel


@pytest.fixture
def ana(db) -> Usuario:
    return escenas.analista()


@pytest.fixture
def jefa(db) -> Usuario:
    return escenas.analista(papel=Papel.JEFATURA)


@pytest.fixture
def oficina(db) -> Usuario:
    return escenas.analista(papel=Papel.ADMINISTRACION)


@pytest.mark.parametrize("cambios", [{"is_active": False}, {"papel": "consulta"}], ids=["baja", "papel"])
def test_lo_que_tenia_vuelve_a_la_cola_y_se_avisa(ana, jefa, oficina, cambios):
    recibida = escenas.tomada(escenas.titular(), ana)
    escenas.dictaminar(recibida, ana, renglon=1)
    observada = escenas.observada(escenas.titular(), ana)
    cambiar_personal(ana, cambios=cambios, actor=oficina, ahora=timezone.now())
    for gestion in (recibida, observada):
        assert Gestion.objects.get(pk=gestion.pk).asignada_a is None
        evento = Evento.objects.filter(gestion=gestion.pk, tipo="liberada").get()
        assert (evento.datos["anterior"], evento.datos["causa"]) == (ana.pk, "sin_analista")
        aviso = Notificacion.objects.get(gestion=gestion.pk, plantilla="liberada_sin_analista")
        assert aviso.destinatario == jefa
    assert recibida.veredictos.count() == 1


def test_un_cambio_que_no_quita_el_papel_no_suelta_nada(ana, jefa, oficina):
    gestion = escenas.tomada(escenas.titular(), ana)
    cambiar_personal(ana, cambios={"primer_nombre": "EVA"}, actor=oficina, ahora=timezone.now())
    assert Gestion.objects.get(pk=gestion.pk).asignada_a == ana


def test_las_que_ya_estaban_asi_tambien_vuelven(ana, jefa):
    """Rows of before the rule; once."""
    gestion = escenas.tomada(escenas.titular(), ana)
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)
    assert devolver(ahora=timezone.now()) == [gestion.pk]
    assert devolver(ahora=timezone.now()) == []


def test_la_que_se_decidio_mientras_se_buscaba_queda_como_se_decidio(ana, jefa, monkeypatch):
    """Looked for without a lock: what was admitted meanwhile goes back to no queue."""
    gestion = escenas.admitida(escenas.titular(), ana)
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)
    monkeypatch.setitem(devolver.__globals__, "_huerfanas", lambda _de: [gestion.pk])
    assert devolver(ahora=timezone.now()) == []
    assert Gestion.objects.get().asignada_a == ana


def test_la_de_su_propio_cui_tambien_se_suelta(ana, jefa, oficina):
    gestion = escenas.tomada(escenas.titular(), ana)
    cambiar_personal(ana, cambios={"cui": gestion.titular_cui}, actor=oficina, ahora=timezone.now())
    assert Gestion.objects.get(pk=gestion.pk).asignada_a is None


def test_al_reabrirse_no_vuelve_a_quien_ya_no_esta(ana, jefa):
    gestion = escenas.desistida(escenas.tomada(escenas.titular(), ana))
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)
    _desarchivar(gestion, ana, jefa)
    gestion = Gestion.objects.get(pk=gestion.pk)
    assert (gestion.estado, gestion.asignada_a) == (Estado.RECIBIDA, None)


def test_lo_que_se_avisaba_a_quien_ya_no_esta_llega_a_jefatura(ana, jefa):
    """B7.3 in what was admitted, which nobody takes again."""
    gestion = escenas.admitida(escenas.titular(), ana)
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)
    escenas.subir(gestion, 8)
    assert Notificacion.objects.get(plantilla="archivo_agregado").destinatario == jefa


def _tomar(gestion, ana, jefa):
    tomar(numero=gestion.numero, actor=ana, ahora=timezone.now())


def _tomar_siguiente(gestion, ana, jefa):
    tomar_siguiente(actor=ana, ahora=timezone.now())


def _reasignar(gestion, ana, jefa):
    reasignar(numero=gestion.numero, actor=jefa, a=ana, version=gestion.version, ahora=timezone.now())


def _desarchivar(gestion, ana, jefa):
    desarchivar(
        numero=gestion.numero,
        actor=jefa,
        version=gestion.version,
        motivo="La persona lo pidió por escrito.",
        referencia="Oficio 3",
        ahora=timezone.now(),
    )


@pytest.mark.parametrize("recibir", [_tomar, _tomar_siguiente, _reasignar])
@pytest.mark.parametrize("cambio", [{"is_active": False}, {"papel": "consulta"}], ids=["baja", "papel"])
def test_nada_se_da_a_quien_dejo_de_poder_desde_que_se_abrio_la_pagina(ana, jefa, recibir, cambio):
    gestion = escenas.recibida(escenas.titular())
    Usuario.objects.filter(pk=ana.pk).update(**cambio)
    with pytest.raises(NoPermitido):
        recibir(gestion, ana, jefa)
    assert Gestion.objects.get(pk=gestion.pk).asignada_a is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("recibir", [_tomar, _tomar_siguiente, _reasignar, _desarchivar])
def test_lo_que_recibe_mientras_se_le_da_de_baja_tambien_se_suelta(recibir):
    """Two at once: the take was not committed when what the person held was looked for."""
    ana, jefa = escenas.analista(), escenas.analista(papel=Papel.JEFATURA)
    oficina, gestion = escenas.analista(papel=Papel.ADMINISTRACION), escenas.recibida(escenas.titular())
    if recibir is _desarchivar:
        _tomar(gestion, ana, jefa)
        gestion = escenas.desistida(Gestion.objects.get())
    with transaction.atomic():
        recibir(gestion, ana, jefa)
        baja = en_hilo(
            lambda: cambiar_personal(ana, cambios={"is_active": False}, actor=oficina, ahora=timezone.now())
        )
        baja.join(0.5)  # it waits, or is already done
    baja.join(20)
    assert Usuario.objects.get(pk=ana.pk).is_active is False
    assert Gestion.objects.get(pk=gestion.pk).asignada_a is None
