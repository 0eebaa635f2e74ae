"""What the office leaves on record without deciding."""

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.anotar import anotar
from tramites.acciones.asentar_datos import asentar_datos
from tramites.acciones.leer_archivo import leer_archivo
from tramites.acciones.leer_expediente import leer_expediente
from tramites.models import DatosInternos, Documento, Gestion, Nota
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def gestion(titular, ana) -> Gestion:
    return escenas.tomada(titular, ana)


def escribir(gestion: Gestion, quien, texto: str = "Llamé a la persona.", ficha: UUID | None = None) -> Nota:
    return anotar(
        numero=gestion.numero, actor=quien, texto=texto, ficha=ficha or uuid4(), ahora=timezone.now()
    )


def asentar(gestion: Gestion, quien, propios=None, **datos) -> DatosInternos:
    datos.setdefault("version", Gestion.objects.get(pk=gestion.pk).version)
    return asentar_datos(
        numero=gestion.numero,
        actor=quien,
        version=datos.pop("version"),
        datos=datos,
        propios=propios,
        ahora=timezone.now(),
    )


def abrir(gestion: Gestion, quien, documento: Documento | None = None, motivo: str = "") -> Documento:
    documento = documento or gestion.documentos.first()
    return leer_archivo(gestion=gestion, actor=quien, pk=documento.pk, motivo=motivo, ahora=timezone.now())


# ── notes ─────────────────────────────────────────────────────────────────────


def test_una_nota_dice_quien_y_cuando_y_no_sale_del_expediente(gestion, ana):
    """F6: the log says that there was one, not what it says."""
    nota = escribir(gestion, ana, "  Llamé a la persona. ")
    assert (nota.autor, nota.texto) == (ana, "Llamé a la persona.")
    evento = Evento.objects.get(tipo="nota_interna")
    assert (evento.actor, evento.datos) == (ana, {})


def test_la_misma_ficha_dos_veces_es_una_nota(gestion, ana):
    """S13: a double click; the same words in another moment are another note."""
    ficha = uuid4()
    assert escribir(gestion, ana, ficha=ficha) == escribir(gestion, ana, ficha=ficha)
    assert Evento.objects.filter(tipo="nota_interna").count() == 1
    escribir(gestion, ana)
    assert gestion.notas.count() == 2


def test_una_nota_vacia_no_es_una_nota(gestion, ana):
    with pytest.raises(AccionRechazada, match="Escriba la nota"):
        escribir(gestion, ana, "   ")
    assert not Nota.objects.exists()


def test_se_anota_tambien_despues_de_admitir(titular, ana):
    """F6, matriz.md §3 `anotar`; a note is no decision: it needs no version and moves none."""
    gestion = escenas.admitida(titular, ana)
    escribir(gestion, ana)
    assert Gestion.objects.get().version == gestion.version


def test_una_nota_no_es_un_acto_del_titular(gestion, ana):
    """matriz.md §6: the clock does not hear the office."""
    escribir(gestion, ana)
    assert Gestion.objects.get().ultima_accion_en == gestion.ultima_accion_en


# ── internal data (F6) ────────────────────────────────────────────────────────


def test_los_datos_internos_se_guardan_y_la_bitacora_solo_dice_cuales(gestion, ana):
    """F6."""
    asentar(gestion, ana, providencia="PROV-8", propios={"causa": "ENF", "dos_anios": True})
    internos = DatosInternos.objects.get()
    assert (internos.datos, internos.providencia) == ({"causa": "ENF", "dos_anios": True}, "PROV-8")
    assert Evento.objects.get(tipo="datos_internos").datos == {
        "campos": ["causa", "dos_anios", "providencia"]
    }


def test_lo_que_no_cambia_no_es_un_acto(gestion, ana):
    for _ in range(2):
        asentar(gestion, ana, posible_alteracion=True)
    assert Evento.objects.filter(tipo="datos_internos").count() == 1


def test_una_pestana_vieja_no_borra_lo_asentado(gestion, ana):
    """F6, matriz.md §2 `version`: whoever did not see the reserved mark does not take it off."""
    vista = Gestion.objects.get(pk=gestion.pk).version
    asentar(gestion, ana, posible_alteracion=True)
    with pytest.raises(Conflicto):
        asentar(gestion, ana, version=vista, posible_alteracion=False, providencia="PROV-8")
    assert DatosInternos.objects.get().posible_alteracion is True


def test_los_datos_internos_son_de_quien_la_tiene_y_de_jefatura(gestion, ana):
    """matriz.md §3 «datos internos de F6»."""
    jefa = escenas.analista(papel="jefatura")
    asentar(gestion, jefa, solvencia="recibida")
    for papel in ("analista", "administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            asentar(gestion, escenas.analista(papel=papel), solvencia="pendiente")
    with pytest.raises(NoPermitido):
        asentar(gestion, gestion.solicitante, solvencia="pendiente")
    gestion = escenas.desistida(gestion)
    with pytest.raises(NoPermitido):
        asentar(gestion, ana, solvencia="pendiente")
    asentar(gestion, jefa, solvencia="pendiente")


def test_antes_de_enviar_no_hay_que_asentar(titular):
    """matriz.md §3: 409 in CREACION, and an archived draft is still one."""
    jefa = escenas.analista(papel="jefatura")
    for gestion in (escenas.nueva(titular), escenas.desistida(escenas.nueva(titular))):
        with pytest.raises(Conflicto):
            asentar(gestion, jefa, solvencia="recibida")


# ── readings ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("papel", ["analista", "jefatura", "auditoria"])
def test_cada_lectura_del_expediente_es_un_evento(gestion, papel):
    """F3, matriz.md §3: A, J and U; the one who has it too."""
    for quien in (escenas.analista(papel=papel), gestion.asignada_a):
        for _ in range(2):
            leer_expediente(gestion=gestion, actor=quien, ahora=timezone.now())
        assert Evento.objects.filter(tipo="expediente_leido", actor=quien).count() == 2


@pytest.mark.parametrize("papel", ["administracion", "consulta"])
def test_los_demas_no_leen_el_expediente(gestion, papel):
    """matriz.md §3: 403, and no event."""
    with pytest.raises(NoPermitido):
        leer_expediente(gestion=gestion, actor=escenas.analista(papel=papel), ahora=timezone.now())
    assert not Evento.objects.filter(tipo="expediente_leido").exists()


def test_de_un_borrador_no_se_lee_nada(titular):
    """matriz.md §3: nor of one archived without being sent."""
    for gestion in (escenas.nueva(titular), escenas.archivada(escenas.nueva(titular))):
        for papel in ("analista", "jefatura", "auditoria"):
            with pytest.raises(NoPermitido):
                leer_expediente(gestion=gestion, actor=escenas.analista(papel=papel), ahora=timezone.now())


def test_leer_un_archivo_dice_de_que_renglon(gestion, ana):
    """F3."""
    documento = abrir(gestion, ana)
    assert Evento.objects.get(tipo="documento_leido").datos == {"renglon": documento.renglon, "motivo": False}


@pytest.mark.parametrize("papel", ["auditoria", "administracion"])
def test_auditoria_y_administracion_escriben_para_que(gestion, papel):
    """matriz.md §3 «con motivo escrito»: it is kept, and not in the log."""
    quien = escenas.analista(papel=papel)
    with pytest.raises(AccionRechazada):
        abrir(gestion, quien, motivo="  ")
    assert not Evento.objects.filter(tipo="documento_leido").exists()
    documento = abrir(gestion, quien, motivo="Queja 14.")
    assert Nota.objects.get().texto == f"Lectura del documento {documento.renglon}: Queja 14."
    assert Evento.objects.get(tipo="documento_leido").datos == {"renglon": documento.renglon, "motivo": True}


def test_consulta_y_los_ciudadanos_no_abren_archivos(gestion, titular):
    """F7, S14."""
    for quien in (escenas.analista(papel="consulta"), titular, escenas.titular()):
        with pytest.raises(NoPermitido):
            abrir(gestion, quien, motivo="Quiero verlo.")


def test_quien_tiene_el_mismo_cui_no_abre_nada(gestion):
    """matriz.md §2: 403."""
    gemela = escenas.analista(cui=gestion.titular_cui)
    with pytest.raises(NoPermitido):
        abrir(gestion, gemela)
    with pytest.raises(NoPermitido):
        leer_expediente(gestion=gestion, actor=gemela, ahora=timezone.now())


def test_lo_que_no_se_ha_enviado_no_existe_para_onsec(titular, ana):
    """matriz.md §4: what is loaded while returned."""
    gestion = escenas.observada(titular, ana)
    nuevo = escenas.adjuntar(gestion, 1)
    with pytest.raises(Documento.DoesNotExist):
        abrir(gestion, ana, nuevo)


def test_lo_eliminado_por_la_persona_sigue_en_el_expediente(titular, ana):
    """E4: the version that was sent."""
    gestion = escenas.observada(titular, ana)
    viejo = gestion.documentos_vigentes[0]
    escenas.quitar(gestion, viejo)
    assert abrir(gestion, ana, viejo) == viejo
