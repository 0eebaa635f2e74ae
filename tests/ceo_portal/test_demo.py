"""The demo's seed: real acts with a given clock, once, as far as the machine allows."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from ceo_portal.demo import guion
from cuentas.models import Usuario
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db


def test_la_segunda_siembra_no_agrega_nada_y_la_bitacora_queda_integra():
    """The seed plays the real actions, so its log verifies; it adds nothing on a second start."""
    assert guion.sembrar(ahora=timezone.now()) == Gestion.objects.count() > 0
    cuentas = Usuario.objects.count()
    assert guion.sembrar(ahora=timezone.now()) == 0
    assert Usuario.objects.count() == cuentas
    call_command("verificar_bitacora")


def test_sin_con_que_imprimir_se_siembra_lo_demas_y_luego_lo_que_faltaba(monkeypatch):
    """`run` goes on without what depends on a missing library, and catches up when it is there."""
    with monkeypatch.context() as sin_papel:
        sin_papel.setattr(guion, "impresion_disponible", lambda: ["falta pango"])
        guion.sembrar(ahora=timezone.now())
    assert {g.estado for g in Gestion.objects.all()} == {Estado.CREACION}
    assert guion.sembrar(ahora=timezone.now()) > 0
    assert Gestion.objects.filter(estado=Estado.RECIBIDA).exists()


@pytest.mark.django_db(transaction=True)
def test_una_historia_interrumpida_no_queda_a_medias(monkeypatch):
    """What Ctrl+C cuts short is told whole by the next start."""

    def _interrumpir(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as cortada:
        cortada.setattr(guion, "leer_acta", _interrumpir)
        with pytest.raises(KeyboardInterrupt):
            guion.sembrar(ahora=timezone.now())
    assert not Gestion.objects.filter(respuestas__paso="juramento").exists()
    guion.sembrar(ahora=timezone.now())
    assert Gestion.objects.filter(estado=Estado.RECIBIDA).exists()
