"""A real SMTP server on a free port of this machine, small enough to fail on demand."""

import socketserver
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


class ServidorSmtp(socketserver.ThreadingTCPServer):
    """Keeps what it accepted in `recibidos`; with `rechazo` set, answers it to every message.

    `rechazos` gives what it answers to an order («RCPT», «MAIL», «DATA»…); while `siga` is
    clear, a mail stays in the air, which `en_el_aire` tells.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversacion)
        self.recibidos: list[EmailMessage] = []
        self.conexiones = 0
        self.cuelga = False  # after each mail, without a word
        self.tope = (0, "")  # how many mails it takes by a connection, and what it answers to the next «MAIL»
        self.rechazo = ""
        self.rechazos: dict[str, str] = {}
        self.en_el_aire, self.siga = threading.Event(), threading.Event()
        self.siga.set()

    @property
    def puerto(self) -> int:
        return self.server_address[1]

    def __enter__(self) -> "ServidorSmtp":
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Conversacion(socketserver.StreamRequestHandler):
    server: ServidorSmtp

    def handle(self) -> None:
        self.server.conexiones += 1
        self._decir("220 prueba")
        recibidos, (tope, basta) = 0, self.server.tope
        while linea := self.rfile.readline():
            orden = linea.split()[0].upper()
            rechazo = self.server.rechazos.get(orden.decode())
            if orden == b"DATA":
                self._recibir()
                recibidos += 1
                if self.server.cuelga:
                    break
            elif rechazo:
                self._decir(rechazo)
            elif orden == b"MAIL" and tope and recibidos == tope:
                self._decir(basta)
            elif orden == b"QUIT":
                self._decir("221 adios")
                break
            else:
                self._decir("250 bien")

    def _recibir(self) -> None:
        self._decir("354 siga")
        renglones = iter(self.rfile.readline, b".\r\n")
        cuerpo = b"".join(r[1:] if r.startswith(b"..") else r for r in renglones)
        self.server.en_el_aire.set()
        self.server.siga.wait()
        rechazo = self.server.rechazo or self.server.rechazos.get("DATA")
        if not rechazo:
            self.server.recibidos.append(message_from_bytes(cuerpo, policy=default))
        self._decir(rechazo or "250 aceptado")

    def _decir(self, renglon: str) -> None:
        self.wfile.write(renglon.encode() + b"\r\n")
