/** An endpoint without the ids in it, as metrics and traces name it. */
export const endpointPattern = (endpoint: string): string => endpoint.replace(/(?<=\/projects\/)[^/]+/, '{project_id}');
