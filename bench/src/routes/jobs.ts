import { emptyJobs } from './empty-jobs.ts'
import { eventJobs } from './event-jobs.ts'
import { gobgpJobs } from './gobgp-jobs.ts'
import { hangarJobs } from './hangar-jobs.ts'
import { probeJobs } from './probe-jobs.ts'

/** What a load process can be asked to do. Arguments and values are plain: they travel between processes. */
export const jobs = { ...emptyJobs, ...eventJobs, ...gobgpJobs, ...hangarJobs, ...probeJobs }

export type Jobs = typeof jobs
