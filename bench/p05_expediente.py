"""P5. A whole expediente at the desk, with 12 files and 30 acts; beside the admin's page of the same row."""

from collections.abc import Iterator
from uuid import uuid4

from django.utils import timezone

from bench import bases
from bench.corrida import Corrida, persona
from bench.informe import Linea, Meta, exacto
from bench.p03_bandeja import ADMIN
from bitacora.models import Evento
from cuentas.models import Usuario
from tests.tramites import escenas
from tramites.acciones.leer_expediente import leer_expediente
from tramites.acciones.tomar import tomar
from tramites.models import Gestion

TITULO = "El expediente"
METAS = {"revisar": Meta(a_lo_mas=2.5)}
ARCHIVOS, ACTOS = 12, 30
POCOS_Y_MUCHOS = (6, 100)  # one in each compulsory renglón, at least


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(corrida.tamanos[0]):
        quien, jefa = persona(Usuario.Papel.ANALISTA), persona(Usuario.Papel.ADMINISTRACION)
        gestion = expediente(quien, archivos=ARCHIVOS, actos=ACTOS)
        rutas = {
            "revisar": f"/revision/gestiones/{gestion.numero}/",
            "historial": f"/revision/gestiones/{gestion.numero}/historial/",
        }
        mesa, admin = corrida.navegador(quien), corrida.navegador(jefa)
        casos = {caso: (lambda ruta=ruta: mesa.pedir(ruta)) for caso, ruta in rutas.items()}
        casos["admin"] = lambda: admin.pedir(f"{ADMIN}{gestion.numero}/change/")
        series = corrida.rondas(casos, corrida.piso_de(quien))
        for caso, ruta in rutas.items():
            serie = series[caso]
            yield Linea(caso, "veces el piso, en la pared", serie.pared_sobre_piso(), METAS.get(caso))
            yield Linea(caso, "ms de procesador", serie.cpu_ms)
            yield Linea(caso, "consultas", exacto(mesa.consultas(ruta)))
        veces = series["revisar"].veces(series["admin"], pared=True)
        yield Linea("revisar", "veces más rápido que el admin", veces, Meta(al_menos=6))
        for archivos in POCOS_Y_MUCHOS:
            otra = expediente(quien, archivos=archivos, actos=archivos)
            consultas = mesa.consultas(f"/revision/gestiones/{otra.numero}/")
            yield Linea(f"revisar, con {archivos} archivos", "consultas", exacto(consultas))


def expediente(quien: Usuario, *, archivos: int, actos: int) -> Gestion:
    """One in that person's hands, with so many files, and so many acts at least."""
    gestion = escenas.con_archivos(escenas.titular(email=f"{uuid4().hex}@bench.example"))
    for _ in range(archivos - gestion.documentos.count()):
        escenas.adjuntar(gestion, gestion.definicion.renglon_otros, archivo="gestiones/sin-bytes.pdf")
    escenas.mandar(Gestion.de(gestion.solicitante, gestion.numero))
    gestion = tomar(numero=gestion.numero, actor=quien, ahora=timezone.now())
    for _ in range(actos - Evento.objects.filter(gestion=gestion.numero).count()):
        leer_expediente(gestion=gestion, actor=quien, ahora=timezone.now())
    return gestion
