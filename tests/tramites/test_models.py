"""What the database refuses by itself, and the state that only a transition moves."""

import threading
import uuid
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, models, transaction
from django_fsm import InvalidResultState, TransitionNotAllowed

from tests.fabricas import DocumentoFactory, GestionFactory
from tests.tramites import escenas
from tramites.models import (
    Envio,
    Estado,
    Gestion,
    Previo,
    RespuestaPaso,
    Resultado,
    Veredicto,
    VersionFormulario,
)

AHORA = datetime(2026, 5, 20, 16, 0, tzinfo=UTC)


def rechaza(nombre: str, escribir) -> None:
    """That write breaks that constraint (SQLite names only the columns of a unique one)."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        escribir()
    assert any(parte in str(error.value) for parte in nombre.split("|"))


@pytest.mark.django_db
def test_el_estado_es_uno_de_los_cinco():
    """matriz.md §1: a CHECK stands under the engine."""
    GestionFactory()
    rechaza("tramites_gestion_estado_conocido", lambda: Gestion.objects.update(estado="ENVIADA"))


@pytest.mark.django_db
@pytest.mark.parametrize("estado", [Estado.RECIBIDA, Estado.OBSERVADA, Estado.ADMITIDA])
def test_lo_recibido_tiene_fecha_de_recibido(estado):
    """C5: no state after the draft without the moment of its first sending."""
    GestionFactory()
    rechaza("tramites_gestion_recibida_con_fecha", lambda: Gestion.objects.update(estado=estado))


def test_solo_un_formulario_vigente_por_gestion(titular):
    """B4.3: the one in force is one; the voided ones are kept."""
    gestion = escenas.hasta_documentos(titular)
    version = gestion.formulario_vigente

    def otra(n, **datos):
        return VersionFormulario.objects.create(
            gestion=gestion, n=n, contenido={}, resumen="", fecha_acta=AHORA, confirmada_en=AHORA, **datos
        )

    rechaza("tramites_formulario_uno_vigente|gestion_id", lambda: otra(2))
    rechaza("tramites_formulario_version_unica|gestion_id", lambda: otra(version.n, anulada_en=AHORA))
    otra(2, anulada_en=AHORA)


def test_un_envio_por_ronda_y_por_ficha(titular):
    """B7.5, S23: whatever the code does, the rows do not repeat."""
    gestion = escenas.enviada_sin_papeles(titular)
    envio = gestion.envios.get()

    def otro(**datos):
        comunes = {"gestion": gestion, "enviado_en": AHORA, "version_formulario": envio.version_formulario}
        return Envio.objects.create(**comunes | {"ronda": 2, "ficha": uuid.uuid4()} | datos)

    rechaza("tramites_envio_ronda_unica|ronda", lambda: otro(ronda=1))
    rechaza("ficha", lambda: otro(ficha=envio.ficha))
    rechaza("codigo", lambda: otro(codigo=envio.codigo))
    assert otro().codigo != envio.codigo


def test_una_respuesta_por_paso_y_un_archivo_por_ficha(titular):
    """S13: the same for drafts and files."""
    gestion = escenas.hasta_acta(titular)
    datos = {"gestion": gestion, "paso": "beneficiario", "guardada_en": AHORA}
    rechaza("tramites_respuesta_unica|gestion_id", lambda: RespuestaPaso.objects.create(**datos))
    documento = DocumentoFactory(gestion=gestion)
    rechaza("ficha", lambda: DocumentoFactory(gestion=gestion, ficha=documento.ficha))
    rechaza("ficha", lambda: GestionFactory(ficha=gestion.ficha))


def test_lo_enviado_no_se_borra_por_la_base(titular):
    """C5, E4: neither a Gestión with its forms, nor a person with Gestiones."""
    gestion = escenas.enviada_sin_papeles(titular)
    for fila in (gestion, titular, gestion.formulario_vigente, gestion.envios.get()):
        with pytest.raises(models.ProtectedError):
            fila.delete()


def test_el_estado_no_se_asigna():
    """S21: neither by its attribute nor by `setattr`; a new row starts as a draft."""
    gestion = Gestion()
    assert gestion.estado == Estado.CREACION
    for asignar in (
        lambda: setattr(gestion, "estado", Estado.ADMITIDA),
        lambda: gestion.__setattr__("estado", "X"),
    ):
        with pytest.raises(AttributeError):
            asignar()
    assert gestion.estado == Estado.CREACION


@pytest.mark.parametrize("estado", [e for e in Estado if e != Estado.CREACION])
def test_solo_un_borrador_se_envia(estado):
    """Matriz T1: from any other state there is no such transition."""
    with pytest.raises(TransitionNotAllowed):
        Gestion(estado=estado).enviar(AHORA)


@pytest.mark.django_db
def test_leer_otra_vez_trae_el_estado_y_lo_deja_protegido():
    """arquitectura.md «Hazards»: whole, by field, and deferred."""
    gestion = GestionFactory()
    Gestion.objects.update(estado=Estado.RECIBIDA, recibida_en=AHORA, version=7)
    gestion.refresh_from_db(fields=["version"])
    assert (gestion.version, gestion.estado) == (7, Estado.CREACION)
    gestion.refresh_from_db(fields=["estado"])
    assert gestion.estado == Estado.RECIBIDA
    Gestion.objects.update(estado=Estado.ADMITIDA)
    gestion.refresh_from_db()
    assert gestion.estado == Estado.ADMITIDA
    assert Gestion.objects.defer("estado").get().estado == Estado.ADMITIDA
    with pytest.raises(AttributeError):
        gestion.estado = Estado.CREACION


@pytest.mark.django_db
def test_si_la_lectura_falla_el_estado_sigue_ahi():
    """arquitectura.md «Hazards»: the attribute is restored on error."""
    gestion = GestionFactory()
    Gestion.objects.all().delete()
    with pytest.raises(Gestion.DoesNotExist):
        gestion.refresh_from_db()
    assert gestion.estado == Estado.CREACION
    with pytest.raises(AttributeError):
        gestion.estado = Estado.ADMITIDA


class Detenida(models.QuerySet):
    """A reading that waits in the middle, then finds nothing."""

    dentro, seguir = threading.Event(), threading.Event()

    def get(self, *args, **kwargs):
        self.dentro.set()
        self.seguir.wait(10)
        raise Gestion.DoesNotExist


def test_mientras_un_hilo_lee_otro_no_puede_asignar():
    """arquitectura.md «Hazards»: the reading opens no hole in another instance, in another thread."""
    una, otra = Gestion(numero=1), Gestion(numero=2)
    fallos = []

    def leer():
        try:
            una.refresh_from_db(from_queryset=Detenida(Gestion))
        except Gestion.DoesNotExist as ausente:
            fallos.append(ausente)

    hilo = threading.Thread(target=leer)
    hilo.start()
    assert Detenida.dentro.wait(10)
    try:
        with pytest.raises(AttributeError):
            otra.estado = Estado.ADMITIDA
    finally:
        Detenida.seguir.set()
        hilo.join(10)
    assert (len(fallos), una.estado, otra.estado) == (1, Estado.CREACION, Estado.CREACION)


# ── the second half (matriz.md §2, §5) ───────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(
    "campos",
    [
        {"estado": Estado.ARCHIVADA},
        {"estado": Estado.ARCHIVADA, "causa_archivo": "plazo"},
        {"estado": Estado.ARCHIVADA, "estado_al_archivar": "CREACION"},
        {"causa_archivo": "plazo"},
        {"estado_al_archivar": "CREACION"},
        {"archivada_en": AHORA},
    ],
    ids=str,
)
def test_lo_archivado_y_solo_lo_archivado_dice_por_que_y_de_donde(campos):
    """matriz.md §2: «no nulas … si y solo si ARCHIVADA»."""
    GestionFactory()
    rechaza("tramites_gestion_archivo_coherente", lambda: Gestion.objects.update(**campos))


@pytest.mark.django_db
def test_un_borrador_no_tiene_analista():
    """matriz.md §3: ONSEC takes what it was sent."""
    GestionFactory()
    quien = escenas.analista()
    rechaza("tramites_gestion_asignada_si_recibida", lambda: Gestion.objects.update(asignada_a=quien))


def test_un_veredicto_por_lugar_y_ronda(titular):
    """matriz.md §5, E9: whatever the code does."""
    ana = escenas.analista()
    gestion = escenas.dictaminar(escenas.tomada(titular, ana), ana, renglon=2)
    caso = {"resultado": Resultado.OBSERVADO, "texto": "FALTA."}
    escenas.dictaminar(gestion, ana, paso="juramento", **caso)

    def otro(**datos):
        comunes = {"gestion": gestion, "ronda": 1, "juzgado_en": AHORA, "juzgado_por": ana} | caso
        return Veredicto.objects.create(**comunes | datos)

    rechaza("tramites_veredicto_renglon_unico|renglon", lambda: otro(renglon=2))
    rechaza("tramites_veredicto_paso_unico|paso", lambda: otro(paso="juramento"))
    rechaza("tramites_veredicto_de_renglon_o_de_paso", lambda: otro())
    rechaza("tramites_veredicto_de_renglon_o_de_paso", lambda: otro(renglon=3, paso="beneficiario"))
    rechaza("tramites_veredicto_con_caso", lambda: otro(renglon=3, texto=""))
    otro(renglon=3)
    otro(paso="beneficiario")
    otro(renglon=2, ronda=2)


def test_un_previo_por_ronda_y_cada_caso_en_su_lugar(titular):
    """E7: whatever the code does."""
    gestion = escenas.observada(titular)
    previo = gestion.previos.get()

    def otro():
        return Previo.objects.create(
            gestion=gestion, ronda=1, motivo="X", emitido_en=AHORA, emitido_por=previo.emitido_por
        )

    rechaza("tramites_previo_ronda_unica|ronda", otro)
    for lugar in ({}, {"renglon": 2, "paso": "juramento"}):
        rechaza(
            "tramites_caso_de_renglon_o_de_paso", lambda lugar=lugar: previo.casos.create(texto="X", **lugar)
        )


def test_lo_decidido_no_se_borra_por_la_base(titular):
    """E4, F3: a previo, its cases and its author stay."""
    gestion = escenas.observada(titular)
    previo = gestion.previos.get()
    for fila in (gestion, previo, previo.emitido_por, gestion.veredictos.first().juzgado_por):
        with pytest.raises(models.ProtectedError):
            fila.delete()


@pytest.mark.parametrize("nombre", ["enviar", "observar", "reenviar", "admitir", "archivar", "desistir"])
def test_de_lo_archivado_no_sale_otra_transicion(nombre):
    """matriz.md §2: only `desarchivar`."""
    gestion = Gestion(estado=Estado.ARCHIVADA, estado_al_archivar=Estado.CREACION)
    argumentos = [] if nombre == "observar" else [AHORA]
    with pytest.raises(TransitionNotAllowed):
        getattr(gestion, nombre)(*argumentos)


def test_no_se_desarchiva_a_un_estado_que_no_se_archiva():
    """Matriz T7: CREACION, RECIBIDA or OBSERVADA."""
    gestion = Gestion(estado=Estado.ARCHIVADA, estado_al_archivar=Estado.ADMITIDA)
    with pytest.raises(InvalidResultState):
        gestion.desarchivar(AHORA)
