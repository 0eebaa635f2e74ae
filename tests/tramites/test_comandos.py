"""The clock by hand: what the commands say and do, and the six months of silence from end to end."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from bitacora.models import Evento
from notificaciones.models import Correo
from tests.tramites import escenas
from tests.tramites.reloj import ARCHIVADO, BASE, ULTIMO, a_las, actos, dias_antes, entregar, parada
from tramites import tareas
from tramites.acciones.avisar_archivado import avisar_proximas
from tramites.models import Estado, Gestion

pytestmark = pytest.mark.django_db


def decir(comando: str, *argumentos: str) -> str:
    salida = StringIO()
    call_command(comando, *argumentos, stdout=salida)
    return salida.getvalue()


def el(dia: date) -> str:
    return f"--fecha={dia.isoformat()}"


def estado(gestion: Gestion) -> str:
    return Gestion.objects.get(pk=gestion.pk).estado


def test_los_seis_meses_de_silencio_por_fecha(barrer_correos):
    """FB3, FB4, FB5, matriz.md §6: previo → reminder → mails → last day nothing → the next, archived.

    `--fecha` stands for today alone: the delivery bears the real time.
    """
    gestion = escenas.observada(escenas.titular())
    barrer_correos()
    gestion.refresh_from_db()
    ultimo = gestion.ultimo_dia
    assert gestion.notificada_en
    assert f"Gestión No. {gestion.numero}: aviso enviado." in decir(
        "enviar_avisos_archivo", el(ultimo - timedelta(days=7))
    )
    barrer_correos()
    assert "Archivadas: 0. En espera: 0." in decir("archivar_inactivas", el(ultimo))
    assert estado(gestion) == Estado.OBSERVADA
    salida = decir("archivar_inactivas", el(ultimo + timedelta(days=1)))
    assert f"Gestión No. {gestion.numero}: archivada, pasó su plazo." in salida
    assert estado(gestion) == Estado.ARCHIVADA
    assert Gestion.objects.get(pk=gestion.pk).archivada_en.date() == timezone.now().date()
    assert "Archivadas: 0. En espera: 0." in decir("archivar_inactivas", el(ultimo + timedelta(days=1)))


def test_sin_aviso_entregado_el_comando_espera_lo_dice_y_avisa(barrer_correos):
    """FB5: it leaves `archivo_en_espera` and sends the reminder that is missing."""
    gestion = escenas.observada(escenas.titular())
    barrer_correos()
    gestion.refresh_from_db()
    vencido = gestion.archivar_el
    espera = f"Gestión No. {gestion.numero}: en espera, sin aviso entregado siete días antes."
    assert espera in decir("archivar_inactivas", el(vencido))
    assert len(actos(gestion, "archivo_en_espera")) == 1
    barrer_correos()
    # It was delivered today, the real one, long before the date of the run.
    assert "Archivadas: 1." in decir("archivar_inactivas", el(vencido + timedelta(days=1)))


def test_simular_lista_numeros_y_motivos_sin_tocar_nada():
    """FB5: `--simular`."""
    avisada = parada()
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    entregar(avisada, dias_antes(7))
    otra = parada()
    antes = Evento.objects.count()
    assert decir("archivar_inactivas", el(ARCHIVADO), "--simular") == (
        f"Gestión No. {avisada.numero}: se archivaría, pasó su plazo.\n"
        f"Gestión No. {otra.numero}: en espera, sin aviso entregado siete días antes.\n"
        "12-12-2024. Se archivarían: 1. En espera: 1.\n"
        "Fue una simulación: no se cambió nada.\n"
    )
    assert Evento.objects.count() == antes
    assert {estado(avisada), estado(otra)} == {Estado.OBSERVADA}


@pytest.mark.parametrize("comando", ["archivar_inactivas", "enviar_avisos_archivo"])
@pytest.mark.parametrize("fecha", ["12-12-2024", "2024-02-30", "mañana"])
def test_una_fecha_mal_escrita_se_dice_con_claridad(comando, fecha):
    """FB5: `--fecha AAAA-MM-DD`."""
    with pytest.raises(CommandError) as error:
        decir(comando, "--fecha", fecha)
    assert str(error.value) == (
        f"«{fecha}» no es una fecha. Escríbala así: AAAA-MM-DD, por ejemplo 2026-12-31."
    )


@pytest.mark.parametrize("comando", ["archivar_inactivas", "enviar_avisos_archivo"])
@pytest.mark.parametrize("estado", [Estado.CREACION, Estado.OBSERVADA])
def test_una_fecha_que_no_cabe_en_el_calendario_se_dice_con_claridad(comando, estado):
    """FB5: nothing is done; the last day that is taken works."""
    gestion = parada(estado=estado)
    with pytest.raises(CommandError) as error:
        decir(comando, "--fecha", "9999-12-31")
    assert str(error.value) == "«9999-12-31» es una fecha muy lejana. El último año posible es 2999."
    assert not Evento.objects.filter(gestion=gestion.numero).exists()
    assert decir(comando, "--fecha", "2999-12-31").splitlines()[-1].startswith("31-12-2999.")


def test_sin_fecha_es_hoy_en_guatemala():
    """FB1: 18:30 of the last day in Guatemala is already tomorrow in UTC."""
    gestion = parada()
    avisar_proximas(hoy=dias_antes(7), ahora=a_las(dias_antes(7)))
    entregar(gestion, dias_antes(7))
    with time_machine.travel(a_las(ULTIMO, 18)):
        assert decir("archivar_inactivas").startswith("11-12-2024. Archivadas: 0.")
    with time_machine.travel(a_las(ARCHIVADO, 0)):
        assert "Archivadas: 1." in decir("archivar_inactivas")


def test_los_avisos_dicen_a_cuantas_y_con_que_salen():
    """contrato.md: `enviar_avisos_archivo`."""
    gestion = parada()
    assert decir("enviar_avisos_archivo", el(dias_antes(30))) == (
        f"Gestión No. {gestion.numero}: aviso enviado.\n"
        "11-11-2024. Avisos: 1. Salen con «despachar_correos».\n"
    )
    assert Correo.objects.count() == 1
    assert decir("enviar_avisos_archivo", el(dias_antes(30))).startswith("11-11-2024. Avisos: 0.")


def test_despachar_correos_no_lleva_fecha():
    """matriz.md §6: the delivery bears the real time."""
    with pytest.raises(TypeError):
        call_command("despachar_correos", fecha="2024-12-12")


@pytest.mark.parametrize("base", [BASE, date(2024, 8, 31)])
def test_las_tareas_diarias_hacen_lo_mismo_que_los_comandos(base):
    """FB1: «pasa sola por una tarea diaria»."""
    gestion = parada(base)
    ultimo = gestion.ultimo_dia
    with time_machine.travel(a_las(ultimo - timedelta(days=7), 6)):
        tareas.enviar_avisos_archivo()
    entregar(gestion, ultimo - timedelta(days=7))
    with time_machine.travel(a_las(ultimo, 23)):
        tareas.archivar_inactivas()
        assert estado(gestion) == Estado.OBSERVADA
    with time_machine.travel(a_las(ultimo + timedelta(days=1), 0)):
        tareas.archivar_inactivas()
    assert estado(gestion) == Estado.ARCHIVADA
