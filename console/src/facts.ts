/** What is told of an execution's facts, loaded when somebody asks for it. */
export { Journal } from './execution/Journal';
export { Logs } from './execution/Logs';
export { ReplayPage } from './pages/replay';
