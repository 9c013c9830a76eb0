import { render } from 'preact';
import type { ReportData } from '../shared/types';
import { startTheme } from '../shared/theme';
import { Report } from './Report';
import './report.css';

startTheme();
const embedded = document.getElementById('assay-report');
const root = document.getElementById('report');
if (embedded && root) {
  render(<Report data={JSON.parse(embedded.textContent ?? '') as ReportData} />, root);
}
