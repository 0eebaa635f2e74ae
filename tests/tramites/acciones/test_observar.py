"""«Enviar a previo»: everything at once, or nothing."""

import pytest

from bitacora.models import Evento
from tests.tramites import escenas
from tramites.acciones.observar import observar
from tramites.models import Estado, Gestion, Previo, Resultado
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto


@pytest.fixture
def ana(db):
    return escenas.analista()


@pytest.fixture
def revisada(titular, ana) -> Gestion:
    return escenas.observar_en(escenas.tomada(titular, ana), ana, {1: escenas.FIRMA}, {})


def test_el_previo_lleva_motivo_y_casos(revisada, ana):
    """T2, E1, E7."""
    gestion = escenas.devolver(revisada, ana)
    assert gestion.estado == Estado.OBSERVADA
    previo = gestion.previos.get()
    assert (previo.ronda, previo.motivo, previo.emitido_por) == (1, escenas.MOTIVO, ana)
    assert [(c.renglon, c.paso, c.texto) for c in previo.casos.all()] == [(1, "", escenas.FIRMA)]
    evento = Evento.objects.get(tipo="previo_emitido")
    assert evento.datos == {"ronda": 1, "casos": [1], "justificados": []}


def test_el_plazo_no_corre_hasta_que_alguien_sea_notificado(revisada, ana):
    """FB0."""
    gestion = escenas.devolver(revisada, ana)
    assert (gestion.notificada_en, gestion.base_plazo, gestion.archivar_el) == (None, None, None)


@pytest.mark.parametrize("motivo", ["", "   "])
def test_sin_motivo_dice_documentos_con_observaciones(revisada, ana, motivo):
    """F2, T2."""
    assert escenas.devolver(revisada, ana, motivo).previos.get().motivo == "DOCUMENTOS CON OBSERVACIONES"


def test_se_pronuncia_sobre_todos_los_renglones_de_una_vez(titular, ana):
    """F2: calificación única; an empty optional one counts as done, one with files does not."""
    gestion = escenas.tomada(titular, ana)
    escenas.subir(Gestion.de(titular, gestion.numero), 8)
    for renglon in (2, 3, 5):
        escenas.dictaminar(gestion, ana, renglon=renglon)
    escenas.dictaminar(gestion, ana, renglon=1, resultado=Resultado.OBSERVADO, texto=escenas.FIRMA)
    with pytest.raises(AccionRechazada) as rechazo:
        escenas.devolver(gestion, ana)
    assert rechazo.value.mensaje == "Falta revisar: 4, 6, 8."
    assert not Previo.objects.exists()


def test_todo_verificado_no_es_un_previo(titular, ana):
    """mensajes.md §3, desk."""
    gestion = escenas.observar_en(escenas.tomada(titular, ana), ana, {}, {})
    with pytest.raises(AccionRechazada, match="Marque «Con observación» en al menos un documento o paso"):
        escenas.devolver(gestion, ana)


def test_un_renglon_vacio_basta(titular, ana):
    """E9, T2: «pendiente de cargar»."""
    caso = {7: "CERTIFICACIÓN DE HORARIOS PENDIENTE DE CARGAR."}
    gestion = escenas.observar_en(escenas.tomada(titular, ana), ana, caso, {})
    assert escenas.devolver(gestion, ana).previos.get().casos.get().renglon == 7


def test_un_caso_de_paso_basta_y_juzga_el_renglon_1(titular, ana):
    """matriz.md §5: the analyst does not mark renglón 1 for it."""
    gestion = escenas.tomada(titular, ana)
    for renglon in range(2, 7):
        escenas.dictaminar(gestion, ana, renglon=renglon)
    escenas.dictaminar(
        gestion, ana, paso="beneficiario", resultado=Resultado.OBSERVADO, texto="FALTA EL TELÉFONO."
    )
    assert escenas.devolver(gestion, ana).previos.get().casos.get().paso == "beneficiario"


def test_el_caso_guarda_los_archivos_y_la_pagina_que_nombra(titular, ana):
    """E9."""
    gestion = escenas.tomada(titular, ana)
    archivo = next(d for d in gestion.documentos.all() if d.renglon == 3)
    caso = {3: {"texto": "ILEGIBLE.", "archivos": (archivo.pk,), "pagina": 2}}
    gestion = escenas.devolver(escenas.observar_en(gestion, ana, caso, {}), ana)
    emitido = gestion.previos.get().casos.get()
    assert (list(emitido.archivos.all()), emitido.pagina) == ([archivo], 2)


def test_solo_quien_la_tiene_y_una_vez(titular, revisada, ana):
    """matriz.md §3 `observar`: A*; 403 for the others, 409 once done."""
    for papel in ("analista", "jefatura", "administracion", "auditoria", "consulta"):
        with pytest.raises(NoPermitido):
            escenas.devolver(revisada, escenas.analista(papel=papel))
    with pytest.raises(NoPermitido):
        escenas.devolver(revisada, titular)
    escenas.devolver(revisada, ana)
    with pytest.raises(Conflicto):
        escenas.devolver(revisada, ana)
    assert Previo.objects.count() == 1


def test_no_se_devuelve_lo_que_cambio_despues_de_verlo(revisada, ana):
    """S24."""
    escenas.subir(Gestion.de(revisada.solicitante, revisada.numero), 8)
    with pytest.raises(Conflicto):
        observar(
            numero=revisada.numero, actor=ana, version=revisada.version, motivo="", ahora=revisada.creada_en
        )


def test_quien_tiene_el_mismo_cui_no_decide(revisada, ana):
    """matriz.md §2: 403 even with the Gestión in hand."""
    ana.cui = revisada.titular_cui
    ana.save()
    with pytest.raises(NoPermitido):
        escenas.devolver(revisada, ana)
