"""How much of a result is luck: many trainings that differ in their seed, and in one setting."""

from glassnet.lab.chart import save_courses, save_spread, save_success
from glassnet.lab.course import Course, summarize_courses
from glassnet.lab.dask_cluster import check_cluster, cluster
from glassnet.lab.executor import process_pool, run_jobs
from glassnet.lab.forgetting import RULES, ForgettingJob, perform_forgetting, tasks_of, together
from glassnet.lab.job import Job, Row
from glassnet.lab.performing import perform
from glassnet.lab.results import Results
from glassnet.lab.summary import Failure, Setting, summarize

__all__ = [
    "RULES",
    "Course",
    "Failure",
    "ForgettingJob",
    "Job",
    "Results",
    "Row",
    "Setting",
    "check_cluster",
    "cluster",
    "perform",
    "perform_forgetting",
    "process_pool",
    "run_jobs",
    "save_courses",
    "save_spread",
    "save_success",
    "summarize",
    "summarize_courses",
    "tasks_of",
    "together",
]
