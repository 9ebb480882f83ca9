// Its hooks are enabled by the import.
import 'why-is-node-running';
