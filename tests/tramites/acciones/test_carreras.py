"""Twenty at once on one Gestión: one act stands, whole, and nothing of the others is left."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from notificaciones.models import Correo, Notificacion
from papeles.inspeccionar import inspeccionar
from tests.hilos import en_hilo
from tests.tramites import escenas
from tests.tramites.carreras import HILOS, correr
from tramites.acciones.admitir import admitir
from tramites.acciones.archivar import Desenlace, archivar
from tramites.acciones.desarchivar import desarchivar
from tramites.acciones.desistir import desistir
from tramites.acciones.imprimir import imprimir_formulario
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.observar import observar
from tramites.acciones.reenviar import reenviar
from tramites.acciones.retirar import retirar
from tramites.models import Documento, Envio, Estado, Gestion, Previo, Resultado, Veredicto, VersionFormulario
from tramites.reglas.permisos import NoPermitido
from tramites.reglas.rechazos import AccionRechazada, Conflicto

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def dichos(salidas: list) -> list[str]:
    """What was done, refusals aside."""
    return [s for s in salidas if isinstance(s, str)]


def cuantos(tipo: str) -> int:
    return Evento.objects.filter(tipo=tipo).count()


def sobre(gestion: Gestion, **mas) -> dict:
    return {"numero": gestion.numero, "version": gestion.version, "ahora": timezone.now()} | mas


@pytest.fixture
def ana():
    return escenas.analista()


def test_observar_y_admitir_a_la_vez_es_una_sola_decision(ana):
    """S23: «two people can never both decide»; nor one person in two windows."""
    gestion = escenas.observar_en(escenas.tomada(escenas.titular(), ana), ana, {}, {})
    escenas.dictaminar(gestion, ana, renglon=7, resultado=Resultado.OBSERVADO, texto="FALTA.")
    devuelta = Gestion.objects.get()

    def intento(n: int) -> str:
        if n % 2:
            observar(actor=ana, motivo="", **sobre(devuelta))
            return "previo"
        # What admits first takes the case back: the same version serves one of the two.
        quitado = juzgar(actor=ana, juicio=Juicio(renglon=7), **sobre(devuelta))
        admitir(actor=ana, **sobre(quitado))
        return "admitida"

    hechas = dichos(correr(intento, Conflicto))
    assert len(hechas) == 1
    gestion = Gestion.objects.get()
    assert gestion.estado == {"previo": Estado.OBSERVADA, "admitida": Estado.ADMITIDA}[hechas[0]]
    assert Previo.objects.count() == cuantos("previo_emitido") == hechas.count("previo")
    assert cuantos("admitida") == hechas.count("admitida")
    assert Correo.objects.filter(plantilla__in=["previo", "admitida"]).count() == 1


@pytest.mark.parametrize("accion", ["observar", "admitir"])
def test_la_misma_decision_veinte_veces_es_una(ana, accion):
    """S23: a double click on the desk."""
    casos = {1: escenas.FIRMA} if accion == "observar" else {}
    gestion = escenas.observar_en(escenas.tomada(escenas.titular(), ana), ana, casos, {})

    def intento(_n: int) -> str:
        if accion == "observar":
            observar(actor=ana, motivo="", **sobre(gestion))
        else:
            admitir(actor=ana, **sobre(gestion))
        return "hecha"

    assert len(dichos(correr(intento, Conflicto))) == 1
    tipo = {"observar": "previo_emitido", "admitir": "admitida"}[accion]
    assert cuantos(tipo) == 1
    assert Correo.objects.filter(evento__tipo=tipo).count() == 1


def test_juzgar_y_observar_a_la_vez_no_dejan_un_veredicto_sin_su_caso(ana):
    """S23, S24: what the person reads is what was judged."""
    gestion = escenas.observar_en(escenas.tomada(escenas.titular(), ana), ana, {1: escenas.FIRMA}, {})
    otro = Juicio(renglon=2, resultado=Resultado.OBSERVADO, texto="VENCIDA.")

    def intento(n: int) -> str:
        if n % 2:
            observar(actor=ana, motivo="", **sobre(gestion))
            return "previo"
        juzgar(actor=ana, juicio=otro, **sobre(gestion))
        return "juicio"

    hechas = dichos(correr(intento, Conflicto))
    assert len(hechas) == 1
    observados = set(
        Veredicto.objects.filter(resultado=Resultado.OBSERVADO).values_list("renglon", flat=True)
    )
    previo = Previo.objects.first()
    assert (previo is not None) is (hechas == ["previo"])
    if previo:
        assert {c.renglon for c in previo.casos.all()} == observados == {1}


@pytest.mark.parametrize("misma_ficha", [True, False])
def test_veinte_reenvios_son_uno(misma_ficha):
    """S13, S23: a double click; one sending, one event, one notice of each kind."""
    gestion = escenas.reponer(escenas.observada(escenas.titular()), 1)
    ficha, titular = uuid.uuid4(), gestion.solicitante

    def intento(_n: int) -> str:
        datos = sobre(gestion, actor=titular, ficha=ficha if misma_ficha else uuid.uuid4())
        return str(reenviar(**datos).pk)

    hechos = dichos(correr(intento, Conflicto))
    assert len(hechos) == (HILOS if misma_ficha else 1)
    assert len(set(hechos)) == 1
    assert Envio.objects.count() == 2
    assert cuantos("reenviada") == 1
    assert Correo.objects.filter(evento__tipo="reenviada").count() == 1
    assert Veredicto.objects.filter(ronda=2).count() == 5
    assert Notificacion.objects.filter(evento__tipo="reenviada").count() == 2  # the owner's and the analyst's


def test_quien_actua_gana_al_archivado():
    """FB5: «una persona que guarda en el mismo instante gana siempre»; at most one of the two stands."""
    gestion = escenas.reponer(escenas.observada(escenas.titular()), 1)
    gestion = escenas.por_archivar(gestion)
    titular, ultimo = gestion.solicitante, gestion.archivar_el

    def intento(n: int) -> str | None:
        if n % 2:
            reenviar(actor=titular, ficha=uuid.uuid4(), **sobre(gestion))
            return "reenviada"
        desenlace = archivar(numero=gestion.numero, hoy=ultimo, ahora=timezone.now())
        return "archivada" if desenlace is Desenlace.ARCHIVADA else None

    hechas = dichos(correr(intento, Conflicto))
    assert len(hechas) == 1
    gestion = Gestion.objects.get()
    assert gestion.estado == {"reenviada": Estado.RECIBIDA, "archivada": Estado.ARCHIVADA}[hechas[0]]
    assert cuantos("reenviada") + cuantos("archivada") == 1
    assert Envio.objects.count() == 1 + hechas.count("reenviada")


def test_mientras_la_persona_guarda_el_archivado_pasa_de_largo():
    """FB5: the row is held; the task does not wait, and finds nothing over afterwards."""
    gestion = escenas.por_archivar(escenas.con_archivos(escenas.titular()))
    hoy = gestion.archivar_el

    def en_otro_hilo(n: int) -> object:
        return archivar(numero=gestion.numero, hoy=hoy, ahora=timezone.now()) if n else "nada"

    with transaction.atomic():
        escenas.guardar(gestion, "juramento", pregunta_5="SI")
        assert set(correr(en_otro_hilo)) == {None, "nada"}
    assert Gestion.objects.get().estado == Estado.CREACION


def test_dos_cargas_en_dos_gestiones_no_pasan_juntas_del_cupo_de_la_persona(settings):
    """S10: each Gestión is its own lock; what both spend is the person's."""
    settings.PERSONA_MAX_MB = 1
    titular, rechazos = escenas.titular(), []
    una, otra = escenas.hasta_documentos(titular), escenas.hasta_documentos(titular)

    def cargar() -> None:
        try:
            escenas.subir(otra, 2)
        except AccionRechazada as rechazo:
            rechazos.append(rechazo.mensaje)

    with transaction.atomic():
        Usuario.objects.select_for_update(no_key=True).get(pk=titular.pk)
        escenas.adjuntar(una, 2, tamano=1024 * 1024)
        segunda = en_hilo(cargar)
        segunda.join(1.5)
    segunda.join(20)
    assert len(rechazos) == 1
    assert "Sus Gestiones juntas llegaron al máximo de 1 MB" in rechazos[0]
    assert Documento.objects.count() == 1


def test_desistir_y_observar_a_la_vez():
    """S24: the person withdraws while ONSEC decides; one of the two stands, and the other is told."""
    ana, titular = escenas.analista(), escenas.titular()
    gestion = escenas.observar_en(escenas.tomada(titular, ana), ana, {1: escenas.FIRMA}, {})

    def intento(n: int) -> str:
        if n % 2:
            desistir(actor=titular, **sobre(gestion))
            return "archivada"
        observar(actor=ana, motivo="", **sobre(gestion))
        return "previo_emitido"

    hechas = dichos(correr(intento, Conflicto, NoPermitido))
    assert len(hechas) == 1
    assert cuantos("archivada") + cuantos("previo_emitido") == 1 == cuantos(hechas[0])


def test_agregar_a_otros_y_decidir_a_la_vez_no_admite_lo_que_nadie_vio(ana):
    """S24, B7.3: either the file came first and the decision is refused, or it came after the decision."""
    titular = escenas.titular()
    gestion = escenas.observar_en(escenas.tomada(titular, ana), ana, {}, {})
    gestion.solicitante = titular

    def intento(n: int) -> str:
        if n % 2:
            escenas.subir(gestion, 8, escenas.pdf(ancho=300 + n), actor=titular)
            return "archivo"
        admitir(actor=ana, **sobre(gestion))
        return "admitida"

    hechas = dichos(correr(intento, AccionRechazada))
    assert hechas.count("archivo") == HILOS // 2
    antes = Evento.objects.filter(tipo="documento_cargado", datos__estado="RECIBIDA").count()
    assert (antes == 0) is ("admitida" in hechas)
    assert cuantos("admitida") == hechas.count("admitida") <= 1


def test_lo_que_se_inspecciona_mientras_se_admite_es_posterior_a_la_admision(ana, monkeypatch):
    """The clock of a loading is read before its inspection, and its lock is taken after it."""
    titular = escenas.titular()
    gestion = escenas.observar_en(escenas.tomada(titular, ana), ana, {}, {})
    inspecciona, admitida = threading.Event(), threading.Event()

    def despacio(*args, **opciones):
        inspecciona.set()
        admitida.wait(30)
        return inspeccionar(*args, **opciones)

    def cargar() -> Documento:
        try:
            return escenas.subir(gestion, 8, actor=titular).documento
        finally:
            connection.close()

    monkeypatch.setattr("tramites.acciones.cargar.inspeccionar", despacio)
    with ThreadPoolExecutor(1) as hilo:
        carga = hilo.submit(cargar)
        inspecciona.wait(30)
        admitir(actor=ana, **sobre(gestion))
        admitida.set()
        documento = carga.result()
    gestion = Gestion.de(titular, gestion.numero)
    assert documento.subido_en > gestion.admitida_en
    assert documento not in gestion.documentos_al(gestion.admitida_en)


def test_dos_gestiones_de_una_persona_no_pasan_juntas_de_su_cupo(settings):
    """S10: twenty loadings at once into several Gestiones; only one of them fits."""
    titular = escenas.titular()
    gestiones = [escenas.hasta_documentos(titular) for _ in range(4)]
    contenido = escenas.pdf_de(400_000)
    settings.PERSONA_MAX_MB = 1
    escenas.adjuntar(gestiones[0], 3, tamano=400_000)

    def intento(n: int) -> str:
        escenas.subir(gestiones[n % 4], 5, contenido, actor=titular)
        return "archivo"

    assert dichos(correr(intento, AccionRechazada)) == ["archivo"]
    assert Documento.objects.filter(renglon=5).count() == 1


def test_veinte_impresiones_a_la_vez_son_un_papel():
    """B4.3: the first is kept, and everybody reads it under its name."""
    version = VersionFormulario.objects.get(gestion=escenas.hasta_documentos(escenas.titular()))
    nombres = set(correr(lambda _n: imprimir_formulario(VersionFormulario.objects.get(pk=version.pk)).name))
    assert nombres == {f"gestiones/{version.gestion_id}/formulario-1.pdf"}


def test_veinte_clics_en_eliminar_son_un_acto():
    """E4, S23."""
    gestion = escenas.observada(escenas.titular())
    documento, titular = gestion.documentos_vigentes[0], gestion.solicitante

    def intento(_n: int) -> str:
        retirar(numero=gestion.numero, actor=titular, documento_id=documento.pk, ahora=timezone.now())
        return "retirado"

    assert dichos(correr(intento, Documento.DoesNotExist)) == ["retirado"]
    assert cuantos("documento_retirado") == 1


def test_veinte_jefaturas_desarchivan_una_vez():
    """T7, S24."""
    gestion = escenas.desistida(escenas.observada(escenas.titular()))
    jefas = [escenas.analista(papel="jefatura") for _ in range(HILOS)]

    def intento(n: int) -> str:
        desarchivar(
            actor=jefas[n], motivo="Lo pidió a tiempo, por escrito.", referencia="1", **sobre(gestion)
        )
        return "abierta"

    assert dichos(correr(intento, Conflicto)) == ["abierta"]
    assert cuantos("desarchivada") == 1


def test_un_proceso_que_muere_a_medias_no_deja_nada(ana, monkeypatch):
    """S23: the connection is killed between the previo's rows and its state."""
    gestion = escenas.observar_en(escenas.tomada(escenas.titular(), ana), ana, {1: escenas.FIRMA}, {})
    antes = Gestion.objects.values().get()
    eventos = Evento.objects.count()

    def morir(*_args: object, **_campos: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(Gestion, "save", morir)
    with pytest.raises(Exception, match=r"terminat|closed"):
        observar(actor=ana, motivo="", **sobre(gestion))
    monkeypatch.undo()
    connection.close()
    assert Gestion.objects.values().get() == antes
    assert (Previo.objects.count(), Evento.objects.count()) == (0, eventos)
    assert observar(actor=ana, motivo="", **sobre(gestion)).ronda == 1
