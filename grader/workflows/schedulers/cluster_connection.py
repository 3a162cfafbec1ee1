"""How a Dask cluster is reached: one that runs somewhere, or one that this process starts on its machine."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from distributed import Client, LocalCluster, Security
from distributed.comm.addressing import parse_address
from distributed.comm.registry import get_backend

from grader.errors import UsageError
from grader.workflows.processes import deaf_children, one_thread_each, processors

LOCAL = "local"
_CONNECT_SECONDS = 10
_GOODBYE_SECONDS = 10


@contextmanager
def connected(address: str, jobs: int = 0) -> Iterator[Client]:
    """Give a client of the cluster at `address`, or of a new one with `jobs` workers for `local`.

    Encryption and its certificates are as the user's Dask configuration says; the cluster of this machine makes its
    own, so that no other user of the machine can give it work. Raises `UsageError` when nobody answers there.
    """
    # What a worker's death means is said by the run; Dask's own story of it would stand between.
    for name in ("distributed", "distributed.client"):  # which Dask gives a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if address == LOCAL:
        with _local_cluster(jobs or processors()) as cluster, _closing(Client(cluster, set_as_default=False)) as client:
            yield client
        return
    try:
        protocol = parse_address(address)[0]
        get_backend(protocol)  # an unknown protocol is as unknown after ten seconds
        _require_certificates(protocol, address)
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address}: {str(error) or type(error).__name__}",
            hint="give the address that `dask scheduler` prints, e.g. tcp://host:8786, or local",
        ) from error
    with _closing(client):
        yield client


def _require_certificates(protocol: str, address: str) -> None:
    if protocol == "tls" and not Security().get_connection_args("client").get("ssl_context"):
        raise UsageError(
            f"there are no certificates for {address}",
            hint="name them in your Dask configuration: distributed.comm.tls",
        )


@contextmanager
def _local_cluster(workers: int) -> Iterator[LocalCluster]:
    with deaf_children(), one_thread_each():
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=None,  # a submission's memory is limited by its sandbox
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
            protocol="tls://",
            security=Security.temporary(),
        )
    try:
        yield cluster
    finally:
        with suppress(TimeoutError):
            cluster.close(timeout=_GOODBYE_SECONDS)


@contextmanager
def _closing(client: Client) -> Iterator[Client]:
    try:
        yield client
    finally:
        with suppress(TimeoutError):
            client.close(timeout=_GOODBYE_SECONDS)
