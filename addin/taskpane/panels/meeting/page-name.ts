/** Second pages of this panel. */
export type PageName = 'numbers' | 'type' | 'roles' | 'language' | 'preview' | 'room';
