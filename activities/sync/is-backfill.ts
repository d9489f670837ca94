import { activityInfo } from '@temporalio/activity';

const BACKFILL = 'backfill'; // the workflow's name

/** Whether the activity that asks is a backfill's, rather than one of a sync that was asked for or is due daily. */
export const isBackfill = () => activityInfo().workflowType === BACKFILL;
