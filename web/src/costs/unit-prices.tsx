import { Table, Text, Title } from '@mantine/core';
import type { CostsSummary } from '../../../api/routes/read-summary.ts';
import { Amount } from '../format/amount.tsx';
import { exactNumber } from '../format/money.ts';
import { labelOf } from './dimensions.ts';

/** What units cost lately, the dearest first. */
export function UnitPrices({ summary }: { summary: CostsSummary }) {
  const { unit_costs, currency } = summary;
  if (unit_costs.length === 0) return null;
  return (
    <section aria-labelledby="unit-prices">
      <Title order={2} size="h4" id="unit-prices">
        Tokens and unit prices
      </Title>
      <Text size="sm" c="dimmed">
        Of the last 30 days, the dearest first
      </Text>
      <div className="table">
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Model</Table.Th>
              <Table.Th>Token type</Table.Th>
              <Table.Th className="number">Price</Table.Th>
              <Table.Th>per</Table.Th>
              <Table.Th className="number">Billed</Table.Th>
              <Table.Th className="number">Amount</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {unit_costs
              .slice(0, 15)
              .map(({ model, token_type, modality, service_tier, unit, price, amount, quantity }) => (
                <Table.Tr key={[model, token_type, modality, service_tier, unit].join('|')}>
                  <Table.Th scope="row">
                    {model} {service_tier}
                  </Table.Th>
                  <Table.Td>
                    {modality} {labelOf('token_type', token_type)}
                  </Table.Td>
                  <Table.Td className="number">
                    <Amount amount={price} currency={currency} />
                  </Table.Td>
                  <Table.Td>{unit.replace('1000000_', '1M ').replaceAll('_', ' ')}</Table.Td>
                  <Table.Td className="number">{exactNumber(quantity)}</Table.Td>
                  <Table.Td className="number">
                    <Amount amount={amount} currency={currency} />
                  </Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
