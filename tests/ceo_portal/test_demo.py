"""The demo's seed: real acts with a given clock, once, as far as the machine allows."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from ceo_portal.demo import gestos, guion
from cuentas.models import Usuario
from mesa.consultas.estadisticas import cifras
from tramites.acciones.cerrar_dias import cerrar_dias
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db
CORTAS = [h for h in guion.RELATOS if h.nombre in ("recibida", "borrador")]


def test_hay_una_gestion_en_cada_estado_y_la_segunda_siembra_no_agrega_nada():
    """contrato.md, "Demo accounts": the open previo is 30 days old, the archived Gestión 8 months; FB3."""
    ahora = timezone.now()
    assert guion.sembrar(ahora=ahora) == Gestion.objects.count() > 0
    suyas = {g.estado: g for g in Gestion.objects.filter(solicitante__usuario=guion.CIUDADANA_2)}
    assert suyas.keys() == set(Estado.values)
    assert (ahora - suyas[Estado.OBSERVADA].notificada_en).days == 29
    assert suyas[Estado.OBSERVADA].archivar_el > timezone.localdate(ahora)
    assert 240 <= (ahora - suyas[Estado.ARCHIVADA].creada_en).days <= 245
    assert suyas[Estado.ARCHIVADA].archivada_en < ahora
    assert suyas[Estado.ARCHIVADA].avisos_de_archivado.filter(entregado_en__isnull=False).count() == 4
    cuentas = Usuario.objects.count()
    assert guion.sembrar(ahora=timezone.now()) == 0
    assert Usuario.objects.count() == cuentas
    call_command("verificar_bitacora")


def test_sin_con_que_imprimir_se_siembra_lo_demas_y_luego_lo_que_faltaba(monkeypatch):
    """`run` goes on without what depends on a missing library, and catches up when it is there."""
    monkeypatch.setattr(guion, "RELATOS", CORTAS)
    with monkeypatch.context() as sin_papel:
        sin_papel.setattr(guion, "impresion_disponible", lambda: ["falta pango"])
        guion.sembrar(ahora=timezone.now())
    assert {g.estado for g in Gestion.objects.all()} == {Estado.CREACION}
    assert guion.sembrar(ahora=timezone.now()) > 0
    assert Gestion.objects.filter(estado=Estado.RECIBIDA).exists()


def test_lo_que_se_siembra_despues_de_cerrar_los_dias_tambien_se_cuenta(monkeypatch):
    """F1: the clock closed those days when the first start could not print, or somebody generated before."""
    monkeypatch.setattr(guion, "RELATOS", [h for h in CORTAS if h.nombre == "recibida"])
    hoy = timezone.localdate()
    cerrar_dias(hoy=hoy)
    guion.sembrar(ahora=timezone.now())
    assert cifras(hoy - timedelta(days=90), hoy, hoy).recibidas == 1


@pytest.mark.django_db(transaction=True)
def test_una_historia_interrumpida_no_queda_a_medias(monkeypatch):
    """What Ctrl+C cuts short is told whole by the next start."""

    def _interrumpir(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(guion, "RELATOS", CORTAS)
    with monkeypatch.context() as cortada:
        cortada.setattr(gestos, "leer_acta", _interrumpir)
        with pytest.raises(KeyboardInterrupt):
            guion.sembrar(ahora=timezone.now())
    assert not Gestion.objects.filter(respuestas__paso="juramento").exists()
    guion.sembrar(ahora=timezone.now())
    assert Gestion.objects.filter(estado=Estado.RECIBIDA).exists()
