import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What ops filter workflows by. Ensured by the worker when it starts. */
export const tenantId = defineSearchAttributeKey('TenantId', SearchAttributeType.KEYWORD);
export const integrationStatus = defineSearchAttributeKey('IntegrationStatus', SearchAttributeType.KEYWORD);

export const SEARCH_ATTRIBUTES = [tenantId.name, integrationStatus.name];
