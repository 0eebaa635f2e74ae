"""The law of states, actions and roles, copied by hand and apart from the code that keeps it (matriz.md)."""

ESTADOS = ("CREACION", "RECIBIDA", "OBSERVADA", "ADMITIDA", "ARCHIVADA")

# T owner · X another citizen · A* the analyst who has it · A another · J jefatura · D administración ·
# U auditoría · K consulta. S, the system, is nobody who knocks.
CIUDADANOS, PERSONAL = ("T", "X"), ("A*", "A", "J", "D", "U", "K")

# matriz.md §3. A cell says who may; «409», that the state forbids it to whoever may in another; «–», nobody.
# Of a cell with roles, the others are turned away: 403 to staff, 404 to citizens.
MATRIZ = """
| acción               | CREACION | RECIBIDA   | OBSERVADA  | ADMITIDA   | ARCHIVADA  |
| ver                  | T        | T A* A J U | T A* A J U | T A* A J U | T A* A J U |
| ver_archivo          | T        | T A* A J   | T A* A J   | T A* A J   | T A* A J   |
| ver_con_motivo       | –        | U D        | U D        | U D        | U D        |
| guardar_paso         | T        | 409        | T          | 409        | 409        |
| confirmar_enterado   | T        | 409        | T          | 409        | 409        |
| descargar_formulario | T        | T          | T          | T          | T          |
| cargar               | T        | T          | T          | T          | 409        |
| retirar              | T        | 409        | T          | 409        | 409        |
| enviar               | T        | 409        | 409        | 409        | 409        |
| reenviar             | 409      | 409        | T          | 409        | 409        |
| desistir             | T        | T          | T          | 409        | 409        |
| constancia           | 409      | T A* J     | T A* J     | T A* J     | T A* J     |
| aviso_previo         | 409      | T A* J     | T A* J     | T A* J     | T A* J     |
| admision             | 409      | 409        | 409        | T A* J     | 409        |
| internos             | 409      | A* J       | A* J       | A* J       | J          |
| tomar                | 409      | A J        | 409        | 409        | 409        |
| liberar              | 409      | A* J       | J          | 409        | 409        |
| reasignar            | 409      | J          | J          | 409        | 409        |
| juzgar               | 409      | A*         | 409        | 409        | 409        |
| anotar               | 409      | A* J       | A* J       | A* J       | J          |
| vista_previa         | 409      | A* J       | A* J       | A* J       | J          |
| observar             | 409      | A*         | 409        | 409        | 409        |
| admitir              | 409      | A*         | 409        | 409        | 409        |
| registrar_notificacion | 409    | 409        | A* J       | 409        | 409        |
| reintentar_correo    | D        | D A*       | D A*       | D A*       | D          |
| desarchivar          | 409      | 409        | 409        | 409        | J          |
| retomar              | 409      | 409        | 409        | 409        | T          |
| exportar_expediente  | 409      | A* J U     | A* J U     | A* J U     | J U        |
| pedir_rectificacion  | 409      | T          | T          | T          | T          |
| consultar            | –        | K          | K          | K          | K          |
"""

# What each action of the code is in the law, when its name is another.
SINONIMOS = {
    "guardar_con_candado": "guardar_paso",
    "leer_expediente": "ver",
    "leer_archivo": "ver_archivo",
    "leer_impreso": "constancia",
    "asentar_datos": "internos",
    "leer_acta": "confirmar_enterado",  # matriz.md §3 «4-5 reconfirmados»
    "tomar_siguiente": "tomar",
}
# matriz.md §3, rows of no Gestión: the log (tests/mesa/test_bitacora.py walks them).
SIN_GESTION = {"bitacora": "U", "exportar_bitacora": "U", "verificar_bitacora": "U D"}
# T0, which has no state yet, what only the system does (S), and what concerns no Gestión.
SIN_FILA = {
    "exportar_bitacora",
    "anotar_busqueda",
    "crear",
    "archivar",
    "archivar_inactivas",
    "avisar_archivado",
    "avisar_proximas",
    "caducar_tomas",
    "devolver",
    "mandar",
    "registrar_entrega",
    "registrar_falla",
    "denunciar_perdido",
}

# matriz.md §2: name, from, to.
TRANSICIONES = {
    ("enviar", "CREACION", "RECIBIDA"),
    ("observar", "RECIBIDA", "OBSERVADA"),
    ("reenviar", "OBSERVADA", "RECIBIDA"),
    ("admitir", "RECIBIDA", "ADMITIDA"),
    ("archivar", "CREACION", "ARCHIVADA"),
    ("archivar", "OBSERVADA", "ARCHIVADA"),
    ("desistir", "CREACION", "ARCHIVADA"),
    ("desistir", "RECIBIDA", "ARCHIVADA"),
    ("desistir", "OBSERVADA", "ARCHIVADA"),
    ("desarchivar", "ARCHIVADA", "CREACION"),
    ("desarchivar", "ARCHIVADA", "RECIBIDA"),
    ("desarchivar", "ARCHIVADA", "OBSERVADA"),
}

# matriz.md §3 «si nunca se envió: solo T … toda fila de lectura como en CREACION»; T7a.
BORRADOR_ARCHIVADO = {
    "ver": "T",
    "ver_archivo": "T",
    "ver_con_motivo": "–",
    "constancia": "409",
    "aviso_previo": "409",
    "internos": "409",
    "vista_previa": "409",
    "exportar_expediente": "409",
    "pedir_rectificacion": "409",
    "consultar": "–",
}
# T7a: what ONSEC had is not its owner's to take up again.
ENVIADA_ARCHIVADA = {"retomar": "409"}
# «A, J (sin dueño)»: with an owner it is a conflict; asked twice, it is already theirs.
CON_DUENO = {"tomar": "A* 409"}
# matriz.md §3 «si se emitió; si no, 409».
SIN_PREVIO = {"aviso_previo": "409"}
# matriz.md §3 «si el aviso del previo está «fallido»».
SIN_FALLA = {"registrar_notificacion": "409"}


def _leer() -> dict[str, dict[str, str]]:
    filas = [[c.strip() for c in f.strip("|").split("|")] for f in MATRIZ.strip().splitlines()]
    return {accion: dict(zip(ESTADOS, celdas, strict=True)) for accion, *celdas in filas[1:]}


TABLA = _leer()


def esperado(accion: str, estado: str, papel: str, cambios: dict[str, str] | None = None) -> str:
    """«✔», «403», «404» or «409» for that role (matriz.md §1)."""
    fila = TABLA[accion]
    celda = (cambios or {}).get(accion, fila[estado])
    alguna_vez = {p for lista in fila.values() for p in lista.split()}
    # Whoever holds it is still an analyst (matriz.md §1): what an analyst may in another state is a 409.
    suyos = {"A*", "A"} if papel == "A*" else {papel}
    if papel in celda.split():
        return "✔"
    if "409" in celda and suyos & alguna_vez:
        return "409"
    return "404" if papel in CIUDADANOS else "403"
