"""How much of a result is luck: many trainings that differ in their seed, and in one setting."""

from glassnet.lab.chart import save_spread, save_success
from glassnet.lab.dask_cluster import check_cluster, cluster
from glassnet.lab.executor import process_pool, run_jobs
from glassnet.lab.job import Job, Row, perform
from glassnet.lab.results import Results
from glassnet.lab.summary import Failure, Setting, summarize

__all__ = [
    "Failure",
    "Job",
    "Results",
    "Row",
    "Setting",
    "check_cluster",
    "cluster",
    "perform",
    "process_pool",
    "run_jobs",
    "save_spread",
    "save_success",
    "summarize",
]
