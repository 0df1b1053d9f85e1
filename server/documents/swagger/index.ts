export { convertSwagger, isSwagger } from './convert.js';
