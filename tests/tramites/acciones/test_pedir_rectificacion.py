"""Asking that a datum be put right: an annotation with its folio; what was sent stands as it was signed."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from bitacora.models import Evento
from notificaciones.models import Correo, Notificacion
from tests.tramites import escenas
from tramites.acciones.pedir_rectificacion import MAXIMO, VENTANA, pedir_rectificacion
from tramites.models import AsuetoExtra, Gestion, Rectificacion
from tramites.reglas.rechazos import AccionRechazada, Conflicto

TEXTO = "Mi segundo nombre es ELENA."


def pedir(gestion: Gestion, **cambios) -> Rectificacion:
    datos = {
        "numero": gestion.numero,
        "actor": gestion.solicitante,
        "texto": TEXTO,
        "ficha": uuid.uuid4(),
        "ahora": timezone.now(),
    }
    return pedir_rectificacion(**datos | cambios)


@pytest.fixture
def recibida(titular) -> Gestion:
    return escenas.enviada_sin_papeles(titular)


def test_queda_anotada_con_su_folio_y_lo_enviado_no_cambia(recibida):
    """matriz.md §3, seguridad.md «Privacy»: never an overwrite of the sworn form."""
    antes = Gestion.de(recibida.solicitante, recibida.numero)
    peticion = pedir(recibida, texto=f"  {TEXTO} ")
    despues = Gestion.de(recibida.solicitante, recibida.numero)
    assert (peticion.texto, peticion.folio) == (TEXTO, f"R-{peticion.pk}")
    assert (despues.version, despues.titular_nombre) == (antes.version, antes.titular_nombre)
    assert despues.formulario_vigente.resumen == antes.formulario_vigente.resumen


def test_se_responde_en_treinta_dias_habiles(recibida):
    """leyes.md, Decreto 57-2008 art. 34: what the office rests does not count."""
    ahora = datetime(2026, 6, 12, 0, 30, tzinfo=UTC)  # in Guatemala, Thursday 11-06-2026
    assert pedir(recibida, ahora=ahora).responder_antes_de == date(2026, 7, 24)
    AsuetoExtra.objects.create(fecha=date(2026, 7, 1), motivo="Cierre")
    assert pedir(recibida, ahora=ahora).responder_antes_de == date(2026, 7, 27)


def test_la_bitacora_dice_que_se_pidio_y_no_que(recibida):
    """matriz.md §7, arquitectura.md «The log»: no personal text in the log; S45."""
    peticion = pedir(recibida)
    evento = Evento.objects.get(tipo="solicitud_datos")
    assert (evento.actor, evento.gestion) == (recibida.solicitante, recibida.numero)
    assert evento.datos == {"folio": peticion.folio, "fecha": peticion.responder_antes_de.isoformat()}


def test_se_avisa_a_la_persona_y_a_quien_responde(recibida):
    """matriz.md §7: C to its owner, N to the encargado, none to one of that CUI; no mail says the text."""
    encargada = escenas.analista(papel="administracion")
    escenas.analista(papel="administracion", cui=recibida.titular_cui)
    peticion = pedir(recibida)
    avisos = Notificacion.objects.filter(evento__tipo="solicitud_datos")
    assert set(avisos.values_list("destinatario", "asunto")) == {
        (recibida.solicitante_id, f"Recibimos su solicitud sobre sus datos, folio {peticion.folio}"),
        (encargada.pk, f"Una persona pide sobre sus datos, folio {peticion.folio}"),
    }
    correo = Correo.objects.get(evento__tipo="solicitud_datos")
    assert correo.destinatario == recibida.solicitante
    assert "ELENA" not in str((correo.asunto, correo.contexto))


def test_la_misma_ficha_dos_veces_es_una_peticion(recibida, titular):
    """S13; and one of another Gestión is a conflict."""
    ficha = uuid.uuid4()
    assert pedir(recibida, ficha=ficha) == pedir(recibida, ficha=ficha)
    assert Evento.objects.filter(tipo="solicitud_datos").count() == 1
    with pytest.raises(Conflicto):
        pedir(escenas.enviada_sin_papeles(titular), ficha=ficha)


def test_una_peticion_vacia_no_es_una_peticion(recibida):
    with pytest.raises(AccionRechazada, match="Escriba qué dato está mal y qué debe decir"):
        pedir(recibida, texto="   ")
    assert not Rectificacion.objects.exists()


def test_de_lo_que_no_se_ha_enviado_no_se_pide_tambien_si_se_archivo(titular):
    """matriz.md §3: 409 in a draft, and in a draft that was archived."""
    for gestion in (escenas.con_archivos(titular), escenas.archivada(escenas.con_archivos(titular))):
        with pytest.raises(Conflicto):
            pedir(gestion)


def test_pedirla_no_mueve_el_plazo(titular):
    """matriz.md §6: it is none of the acts that begin the clock again."""
    gestion = escenas.notificada(escenas.observada(titular), datetime(2026, 1, 5, 18, tzinfo=UTC))
    pedir(gestion)
    assert Gestion.de(titular, gestion.numero).archivar_el == gestion.archivar_el


def test_la_de_otra_persona_no_existe(recibida):
    """C9, S14: X and the staff alike."""
    for persona in (escenas.titular(), escenas.analista(papel="jefatura")):
        with pytest.raises(Gestion.DoesNotExist):
            pedir(recibida, actor=persona)


def test_las_peticiones_tienen_un_tope(titular):
    """Nobody fills the table; after the window, they may ask again."""
    gestion = escenas.enviada_sin_papeles(titular)
    ahora = timezone.now()
    for _ in range(MAXIMO):
        pedir(gestion, ahora=ahora)
    with pytest.raises(AccionRechazada, match="Espere la respuesta"):
        pedir(gestion, ahora=ahora)
    assert Rectificacion.objects.count() == MAXIMO
    pedir(gestion, ahora=ahora + VENTANA + timedelta(days=1))
