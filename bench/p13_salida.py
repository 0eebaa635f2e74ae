"""P13. The outbox: owing a lot of mails beside the bare INSERT, and sending them to a server beside it."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from django.test import override_settings

from bench import bases
from bench.corrida import Corrida
from bench.informe import Linea, Meta
from bench.rondas import Reparto
from bitacora.models import Evento
from notificaciones.acciones.avisar_un_lote import avisar_un_lote
from notificaciones.correo import cartero, despacho
from notificaciones.models import Correo
from tests.notificaciones.servidor_smtp import ServidorSmtp
from tests.tramites.reloj import ARCHIVADO, a_las

TITULO = "La bandeja de salida"
VENCIDAS = (Path(__file__).parent / "sql" / "vencidas.sql").read_text()
CRUDO = (Path(__file__).parent / "sql" / "correos.sql").read_text()
FILAS, LOTE, POR_ENVIAR = 6_000, 500, 60


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.propia("salida"), connection.cursor() as cursor:
        cursor.execute(VENCIDAS.replace(":filas", str(FILAS)))
        cursor.execute("ANALYZE")
        lotes = [list(range(n, n + LOTE)) for n in range(1, FILAS, LOTE)]
        pares = [(_portal(lote), _crudo(lote)) for lote in lotes][1:]
        yield Linea(
            "deber 500 correos y avisos",
            "coste sobre INSERT",
            Reparto.de(p / c for p, c in pares),
            Meta(a_lo_mas=1.2),
        )
        yield Linea("deber 500 correos y avisos", "µs por acto", Reparto.de(1e6 * p / LOTE for p, _ in pares))
        for conexiones, cuantos in (
            ("una conexión para muchos", cartero.POR_CONEXION),
            ("una por correo", 1),
        ):
            ritmos = [_enviar(cuantos) for _ in range(max(3, (corrida.n_rondas or 3)))]
            yield Linea(f"enviar, {conexiones}", "correos por segundo", Reparto.de(ritmos))


def _portal(numeros: list[int]) -> float:
    """Seconds to owe what an archive of those owes, and all of it undone."""
    with transaction.atomic():
        eventos = Evento.objects.registrar_lote(
            "paso_guardado", ahora=a_las(ARCHIVADO), datos={n: {"causa": "plazo"} for n in numeros}
        )
        for evento in eventos:
            evento.tipo = "archivada"
        inicio = time.perf_counter()
        avisar_un_lote(eventos)
        segundos = time.perf_counter() - inicio
        transaction.set_rollback(True)
    return segundos


def _crudo(numeros: list[int]) -> float:
    """The same rows by who knows every word of them."""
    with transaction.atomic(), connection.cursor() as cursor:
        eventos = Evento.objects.registrar_lote(
            "paso_guardado", ahora=a_las(ARCHIVADO), datos={n: {"causa": "plazo"} for n in numeros}
        )
        inicio = time.perf_counter()
        cursor.execute(CRUDO, {"desde": eventos[0].pk, "hasta": eventos[-1].pk, "ahora": a_las(ARCHIVADO)})
        segundos = time.perf_counter() - inicio
        transaction.set_rollback(True)
    return segundos


def _enviar(por_conexion: int) -> float:
    """Mails a second, of a sweep over what is owed: each its transaction, its attempt and its delivery."""
    Correo.objects.bulk_create(
        Correo(
            plantilla="cuenta_verificada", asunto="Su cuenta está lista", para=f"p{n}@x.example", contexto={}
        )
        for n in range(POR_ENVIAR)
    )
    anterior, cartero.POR_CONEXION = cartero.POR_CONEXION, por_conexion
    try:
        with (
            ServidorSmtp() as smtp,
            override_settings(
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=smtp.puerto,
            ),
        ):
            inicio = time.perf_counter()
            enviados = despacho.despachar_pendientes()
            return enviados / (time.perf_counter() - inicio)
    finally:
        cartero.POR_CONEXION = anterior
