/** The main job, over the Node host. */
import { mainJobIsDone } from './support/main-job.ts';

mainJobIsDone();
