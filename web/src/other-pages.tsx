import { Route, Switch } from 'wouter';
import { AlertsPage } from './alerts/page/alerts-page.tsx';
import { BudgetsPage } from './budgets/budgets-page.tsx';
import { ConnectPage } from './connect/connect-page.tsx';
import { IntegrationsPage } from './integrations/integrations-page.tsx';
import { ProgressPage } from './integrations/progress/progress-page.tsx';
import { NotFound } from './ui/not-found.tsx';

/** All pages but the first one. Exported as React's lazy wants it. */
export default function OtherPages() {
  return (
    <Switch>
      <Route path="/alerts" component={AlertsPage} />
      <Route path="/budgets" component={BudgetsPage} />
      <Route path="/connect" component={ConnectPage} />
      <Route path="/integrations" component={IntegrationsPage} />
      <Route path="/integrations/:id">{({ id }) => <ProgressPage key={id} id={id} />}</Route>
      <Route component={NotFound} />
    </Switch>
  );
}
